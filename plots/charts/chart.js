// From a chart's definition to what ECharts draws, in pages and in images alike: colours of the theme, the words of
// ticks and tooltips, room for a narrow page. ECMAScript 5, since images are drawn by Duktape.
// A definition is data alone: {name, title, method, height, option}. In `option`, "@name" is a colour of the theme where
// a colour is expected, a formatter is the name of one of `formats`, a renderItem the name of one of `shapes`.
var tcosimCharts = (function () {
  'use strict';

  // Okabe and Ito's palette, which people with any colour vision tell apart; lighter blues and greens on dark ground.
  var themes = {
    light: {
      background: '#ffffff', text: '#1f2933', muted: '#52606d', axis: '#9aa5b1', grid: '#e4e7eb',
      total: '#0072b2', area: 'rgba(0,114,178,0.22)', band: 'rgba(0,114,178,0.28)', faint: '#cbd2d9',
      base: '#52606d', p50: '#009e73', headline: '#d55e00', p90: '#a3477c', budget: '#1f2933',
      low: '#56b4e9', high: '#d55e00', saving: '#009e73', cost: '#d55e00',
      negative: '#0072b2', zero: '#f5f7fa', positive: '#d55e00', spread: 'rgba(213,94,0,0.28)',
      tint1: '#9cc9e6', tint2: '#f3c9ae', tint3: '#a9dccb', tint4: '#e3d3ec',
      s1: '#0072b2', s2: '#d55e00', s3: '#009e73', s4: '#cc79a7', s5: '#e69f00', s6: '#56b4e9', s7: '#7b5ea7',
      s8: '#8c6d31', s9: '#52606d', s10: '#1f2933'
    },
    dark: {
      background: '#14191f', text: '#e6edf3', muted: '#a3b1bf', axis: '#5f6e7d', grid: '#2b343d',
      total: '#56b4e9', area: 'rgba(86,180,233,0.25)', band: 'rgba(86,180,233,0.35)', faint: '#3e4c59',
      base: '#b3c0cc', p50: '#2fd0a0', headline: '#ff8c42', p90: '#e39ac4', budget: '#e6edf3',
      low: '#56b4e9', high: '#ff8c42', saving: '#2fd0a0', cost: '#ff8c42',
      negative: '#56b4e9', zero: '#1f272f', positive: '#ff8c42', spread: 'rgba(255,140,66,0.35)',
      tint1: '#1f5a80', tint2: '#85461f', tint3: '#17694f', tint4: '#5c4080',
      s1: '#56b4e9', s2: '#ff8c42', s3: '#2fd0a0', s4: '#e39ac4', s5: '#f0c24b', s6: '#9ad4f5', s7: '#b79ae0',
      s8: '#c9ab6b', s9: '#a3b1bf', s10: '#e6edf3'
    }
  };
  // Without quotes: they would end the attribute that ECharts writes them into.
  var font = 'Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif';
  var imageMargin = 24, lineHeight = 16, letter = 6.6, labelRow = 16, legendRow = 22;

  function trimmed(value, digits) {
    return String(Number(value.toPrecision(digits)));
  }

  function grouped(text) {
    var parts = text.split('.');
    parts[0] = parts[0].replace(/\B(?=(\d{3})+(?!\d))/g, ',');
    return parts.join('.');
  }

  // Ticks are round numbers: 7,500, 25k, 1.25M.
  function amount(value) {
    var size = Math.abs(value), sign = value < 0 ? '-' : '';
    if (size >= 1e15 || (size > 0 && size < 1e-4)) return String(Number(value.toPrecision(4)));
    if (size >= 1e9) return sign + grouped(trimmed(size / 1e9, 6)) + 'B';
    if (size >= 1e6) return sign + trimmed(size / 1e6, 6) + 'M';
    if (size >= 1e4) return sign + trimmed(size / 1e3, 6) + 'k';
    return sign + grouped(trimmed(size, 6));
  }

  var formats = {
    amount: amount,
    percent: function (value) { return trimmed(value * 100, 6) + '%'; },
    percentile: function (value) { return 'P' + trimmed(value * 100, 6); },
    words: function (params) { return params.data.words; },
    correlation: function (value) { return value.toFixed(2).replace('-', '\u2212'); },
    // What a point says is written with it, as text; an axis with several series says all of them.
    tips: function (params) {
      var list = Array.isArray(params) ? params : [params], tips = [];
      list.forEach(function (one) {
        var tip = one.data && one.data.tip;
        if (tip && tips.indexOf(tip) < 0) tips.push(tip);
      });
      return tips.join('\n');
    }
  };

  // Shapes of custom series, made from all their points at once.
  var shapes = {
    // Points [low, high, y]: the area between two curves over y.
    band: function (series) {
      return function (params, api) {
        if (params.dataIndex !== 0) return null;
        var left = [], right = [];
        series.data.forEach(function (point) {
          var at = point.value || point;
          left.push(api.coord([at[0], at[2]]));
          right.unshift(api.coord([at[1], at[2]]));
        });
        return {type: 'polygon', silent: true, shape: {points: left.concat(right)}, style: {fill: series.color}};
      };
    },
    // Points [x, low, high]: the area between two curves over x.
    ribbon: function (series) {
      return function (params, api) {
        if (params.dataIndex !== 0) return null;
        var above = [], below = [];
        series.data.forEach(function (point) {
          var at = point.value || point;
          above.push(api.coord([at[0], at[2]]));
          below.unshift(api.coord([at[0], at[1]]));
        });
        return {type: 'polygon', silent: true, shape: {points: above.concat(below)}, style: {fill: series.color}};
      };
    },
    // All of `points`, [x, y], as one path: thousands of circles make a page heavy. Its data are two corners.
    dots: function (series) {
      return function (params, api) {
        if (params.dataIndex !== 0) return null;
        var path = series.points.map(function (point) {
          var at = api.coord(point);
          return 'M' + at[0].toFixed(1) + ' ' + at[1].toFixed(1) + 'h0';
        });
        return {
          type: 'path', silent: true, shape: {pathData: path.join('')},
          style: {stroke: series.color, fill: 'none', lineWidth: 4, lineCap: 'round', opacity: 0.35}
        };
      };
    },
    // Points [low, high, height]: a bin of a histogram.
    bin: function () {
      return function (params, api) {
        var top = api.coord([api.value(0), api.value(2)]), foot = api.coord([api.value(1), 0]);
        return {
          type: 'rect',
          shape: {x: top[0] + 0.5, y: top[1], width: Math.max(foot[0] - top[0] - 1, 0.5), height: foot[1] - top[1]},
          style: {fill: api.visual('color')}
        };
      };
    },
    // Points [category, low, high]: an interval across a bar that lies.
    whisker: function (series) {
      return function (params, api) {
        var low = api.coord([api.value(1), api.value(0)]), high = api.coord([api.value(2), api.value(0)]), cap = 4;
        return {
          type: 'path', silent: true,
          shape: {
            pathData: 'M' + low[0] + ',' + (low[1] - cap) + 'v' + 2 * cap + 'M' + low[0] + ',' + low[1] + 'H' + high[0] +
              'M' + high[0] + ',' + (high[1] - cap) + 'v' + 2 * cap
          },
          style: {stroke: series.color, fill: 'none', lineWidth: 1.5}
        };
      };
    },
    // Points [x, low, high]: an interval that stands.
    reach: function (series) {
      return function (params, api) {
        var low = api.coord([api.value(0), api.value(1)]), high = api.coord([api.value(0), api.value(2)]), cap = 4;
        return {
          type: 'path', silent: true,
          shape: {
            pathData: 'M' + (low[0] - cap) + ',' + low[1] + 'h' + 2 * cap + 'M' + low[0] + ',' + low[1] + 'V' + high[1] +
              'M' + (high[0] - cap) + ',' + high[1] + 'h' + 2 * cap
          },
          style: {stroke: series.color, fill: 'none', lineWidth: 1.5}
        };
      };
    },
    // Points [category, from, to, low, high] with `words`: a bar that lies, with the interval of its end where low and
    // high differ, the words beside it, and a line down to the next bar where `joined`. `thickness` of the row.
    step: function (series) {
      var ink = series.label.color;
      return function (params, api) {
        var item = series.data[params.dataIndex], row = api.value(0), area = params.coordSys;
        // A narrow plot has room for three digits.
        var words = series.shorten && area.width < 320 ? amount(Number(api.value(2).toPrecision(3))) : item.words;
        var from = api.coord([api.value(1), row]), to = api.coord([api.value(2), row]);
        var low = api.coord([api.value(3), row])[0], high = api.coord([api.value(4), row])[0];
        var band = api.size([0, 1])[1], half = Math.min(band * (series.thickness || 0.62), 34) / 2, y = from[1], x = to[0];
        var left = Math.min(from[0], x), right = Math.max(from[0], x), down = x < from[0];
        var parts = [{
          type: 'rect', shape: {x: left, y: y - half, width: Math.max(right - left, 1.5), height: 2 * half},
          style: {fill: api.visual('color')}
        }];
        if (item.joined) {
          parts.push({type: 'line', silent: true, shape: {x1: x, y1: y + half, x2: x, y2: y + band - half},
            style: {stroke: ink, lineWidth: 1, opacity: 0.55}});
        }
        if (api.value(3) !== api.value(4)) {
          parts.push({
            type: 'path', silent: true,
            shape: {pathData: 'M' + low + ',' + (y - 4) + 'v8M' + low + ',' + y + 'H' + high + 'M' + high + ',' + (y - 4) + 'v8'},
            style: {stroke: ink, fill: 'none', lineWidth: 1.5}
          });
        }
        if (words) {
          var width = words.length * 6.6, end = down ? Math.min(left, low) - 6 : Math.max(right, high) + 6;
          if (down && end - width < area.x) { down = false; end = Math.max(right, low, high) + 6; }
          if (!down && end + width > area.x + area.width) { down = true; end = Math.min(left, low, high) - 6; }
          // On the bar itself where there is no room on either side
          var within = down && end - width < area.x;
          parts.push({type: 'text', silent: true, x: within ? right - 6 : end, y: y, style: {text: words,
            fill: within ? series.color : ink, fontSize: 12, fontFamily: font, align: down ? 'right' : 'left',
            verticalAlign: 'middle', stroke: series.color, lineWidth: within ? 0 : 3}});
        }
        return {type: 'group', children: parts};
      };
    },
    // Points [category, from, to]: a part of a stacked bar, with its `words` inside as far as they have room.
    segment: function (series) {
      var ink = series.label.color;
      return function (params, api) {
        var from = api.coord([api.value(1), api.value(0)]), to = api.coord([api.value(2), api.value(0)]);
        var size = Math.min(api.size([0, 1])[1] * 0.66, 30), width = Math.abs(to[0] - from[0]);
        var x = Math.min(from[0], to[0]), words = series.data[params.dataIndex].words;
        var part = {
          type: 'rect', shape: {x: x, y: from[1] - size / 2, width: Math.max(width, 0.5), height: size},
          style: {fill: api.visual('color'), stroke: series.color, lineWidth: width > 4 ? 1.5 : 0}
        };
        if (!words || width < 34) return part;
        return {type: 'group', children: [part, {
          type: 'text', silent: true, x: x + 6, y: from[1],
          style: {text: words, fill: ink, fontSize: 11, fontFamily: font, verticalAlign: 'middle', width: width - 10,
            overflow: 'truncate', ellipsis: '\u2026'}
        }]};
      };
    },
    // Points [category, low, high, height]: a bin that stands on the foot of its row; the highest has height 1.
    ridge: function () {
      return function (params, api) {
        var row = api.value(0), band = api.size([0, 1])[1], foot = api.coord([api.value(1), row]);
        var right = api.coord([api.value(2), row])[0], rise = api.value(3) * (band - 26), y = foot[1] + band / 2 - 3;
        return {
          type: 'rect', shape: {x: foot[0] + 0.25, y: y - rise, width: Math.max(right - foot[0] - 0.5, 0.5), height: rise},
          style: {fill: api.visual('color')}
        };
      };
    },
    // Points [x, y] with `words`, `side` and a color: a name beside its curve or point. A narrow plot keeps those that
    // say `always`.
    note: function (series) {
      return function (params, api) {
        var item = series.data[params.dataIndex], at = api.coord([api.value(0), api.value(1)]);
        var left = item.side === 'left', under = item.side === 'right';
        if (params.coordSys.width < 480 && !item.always) return null;
        return {
          type: 'text', silent: true, x: at[0] + (left ? -8 : 8), y: at[1] + (under ? 3 : -3),
          style: {text: item.words, fill: item.color, fontSize: 12, fontFamily: font, align: left ? 'right' : 'left',
            verticalAlign: under ? 'top' : 'bottom', stroke: series.color, lineWidth: 3}
        };
      };
    }
  };

  var colourKeys = {color: 1, borderColor: 1, backgroundColor: 1, textBorderColor: 1};

  // A copy in which names have become colours and functions; only at the keys that hold them, never in a user's text.
  function resolved(node, theme, key) {
    if (Array.isArray(node)) return node.map(function (item) { return resolved(item, theme, key); });
    if (typeof node === 'string') {
      if (colourKeys[key] && node.charAt(0) === '@') return theme[node.slice(1)];
      return key === 'formatter' && formats.hasOwnProperty(node) ? formats[node] : node;
    }
    if (node === null || typeof node !== 'object') return node;
    var copy = {};
    Object.keys(node).forEach(function (name) {
      copy[name] = name === 'data' ? dataOf(node[name], theme) : resolved(node[name], theme, name);
    });
    if (typeof copy.renderItem === 'string') copy.renderItem = shapes[copy.renderItem](copy);
    return copy;
  }

  // Points have styles of their own; texts and numbers stay as they are.
  function dataOf(data, theme) {
    if (!Array.isArray(data)) return data;
    return data.map(function (item) {
      return item !== null && typeof item === 'object' && !Array.isArray(item) ? resolved(item, theme, '') : item;
    });
  }

  function each(value, action) {
    (Array.isArray(value) ? value : value ? [value] : []).forEach(action);
  }

  function styleAxis(axis, theme, narrow, view, room) {
    axis.axisLine = axis.axisLine || {lineStyle: {color: theme.axis}};
    axis.axisTick = axis.axisTick || {show: false};
    axis.splitLine = axis.splitLine || {show: axis.type !== 'category', lineStyle: {color: theme.grid}};
    axis.axisLabel = axis.axisLabel || {};
    axis.axisLabel.color = axis.axisLabel.color || theme.text;
    axis.axisLabel.fontSize = narrow ? 11 : 12;
    axis.nameTextStyle = axis.nameTextStyle || {};
    axis.nameTextStyle.color = theme.muted;
    axis.nameTextStyle.fontSize = 12;
    axis.nameTruncate = {maxWidth: room, ellipsis: '\u2026'};
    if (axis.type === 'category') {
      if (axis.axisLabel.inside) axis.axisLabel.width = view.width - 84;
      axis.axisLabel.width = axis.axisLabel.width || (narrow ? 110 : 190);
      axis.axisLabel.overflow = axis.axisLabel.overflow || 'truncate';
      axis.axisLabel.lineHeight = 14;
    } else {
      axis.axisLabel.hideOverlap = true;
      // Words beside bars need more of a narrow plot.
      if (narrow && Array.isArray(axis.boundaryGap)) {
        axis.boundaryGap = axis.boundaryGap.map(function (gap) { return Math.min(parseFloat(gap) * 3, 28) + '%'; });
      }
      if (narrow) axis.splitNumber = Math.min(axis.splitNumber || 3, 3);
    }
  }

  // Room for the legend's further rows; long names are cut, as ECharts would let them run out of the picture.
  function layLegend(result, legend, width) {
    var most = Math.floor((width - 40) / letter), rows = 1, x = 0;
    legend.itemWidth = legend.itemWidth || 32;
    legend.formatter = function (name) { return name.length > most ? name.slice(0, most - 1) + '\u2026' : name; };
    each(legend.data || result.series.map(function (series) { return series.name; }), function (name) {
      if (!name) return;
      var wide = 54 + legend.formatter(name).length * letter;
      if (x > 0 && x + wide > width) { ++rows; x = 0; }
      x += wide;
    });
    each(result.grid, function (grid) {
      if (legend.bottom === undefined) grid.top = (grid.top || 0) + (rows - 1) * legendRow;
      else grid.bottom = (grid.bottom || 0) + (rows - 1) * legendRow;
    });
  }

  function isCategory(axes) {
    return (Array.isArray(axes) ? axes[0] : axes).type === 'category';
  }

  // Labels of vertical marks stand in rows over the plot, each the lowest where it hides no other; the definition has
  // left room for one row. At the right end they stand to the left of their mark.
  function layMarks(result, series, width, narrow) {
    var reach = series.markLine.reach, ends = [], rows = 0, labels = isCategory(result.yAxis) ? (narrow ? 110 : 190) : 60;
    var plot = width - labels - 2 * imageMargin - 24, upsideDown = isCategory(result.yAxis) && result.yAxis.inverse;
    series.markLine.data.forEach(function (mark) {
      var words = mark.label.formatter, wide = words.length * letter + 8;
      var centre = reach[1] > reach[0] ? (mark.xAxis - reach[0]) / (reach[1] - reach[0]) * plot : plot / 2;
      var toLeft = centre + wide / 2 > plot + 30, start = toLeft ? centre - wide : centre - wide / 2, row = 0;
      while (row < ends.length && ends[row] > start) ++row;
      ends[row] = start + wide;
      rows = Math.max(rows, row + 1);
      mark.label.distance = 6 + labelRow * row;
      // Where the y axis goes down, a mark ends below.
      mark.label.position = upsideDown ? 'start' : 'end';
      if (toLeft) mark.label.align = 'right';
      // As a function: words with braces would be a template.
      mark.label.formatter = function () { return words; };
    });
    delete series.markLine.reach;
    if (!Array.isArray(result.grid)) result.grid.top += Math.max(rows - 1, 0) * labelRow;
  }

  // What every chart shares. view: {theme: 'light' or 'dark', width, image: whether title and method are in the picture}
  function option(chart, view) {
    var theme = themes[view.theme], narrow = view.width < 560;
    var result = resolved(chart.option, theme, '');
    result.animation = false;
    result.backgroundColor = view.image ? theme.background : 'transparent';
    result.textStyle = {fontFamily: font, color: theme.text};
    result.color = [theme.s1, theme.s2, theme.s3, theme.s4, theme.s5, theme.s6, theme.s7, theme.s8, theme.s9, theme.s10];
    each(result.xAxis, function (axis) { styleAxis(axis, theme, narrow, view, view.width - 120); });
    each(result.yAxis, function (axis) { styleAxis(axis, theme, narrow, view, chart.height - 60); });
    each(result.legend, function (legend) {
      legend.textStyle = {color: theme.text, fontSize: 12};
      // One name a row, as wide as there is room
      if (legend.orient === 'vertical') {
        legend.textStyle.width = view.width - 84;
        legend.textStyle.overflow = 'truncate';
      }
      legend.inactiveColor = theme.faint;
      if (legend.orient !== 'vertical') layLegend(result, legend, view.width - 2 * imageMargin);
    });
    each(result.series, function (series) {
      // Figures of cells where they have room
      if (series.type === 'heatmap' && (view.width - 240) / result.xAxis.data.length < 32) series.label.show = false;
    });
    each(result.visualMap, function (map) { map.textStyle = {color: theme.text, fontSize: 12}; });
    each(result.series, function (series) {
      if (series.markLine && series.markLine.reach) layMarks(result, series, view.width, narrow);
    });
    each(result.series, function (series) {
      if (series.type === 'line' && !series.symbol) series.symbol = 'none';
      if (series.label) series.label.fontFamily = font;
      if (view.image) series.silent = true;
    });
    if (view.image) {
      delete result.tooltip;
      addWords(result, chart, theme, view.width);
    } else if (result.tooltip) {
      // Drawn as text: nothing that a scenario says can become markup.
      result.tooltip.renderMode = 'richText';
      result.tooltip.confine = true;
      result.tooltip.backgroundColor = theme.background;
      result.tooltip.borderColor = theme.axis;
      result.tooltip.textStyle = {color: theme.text, fontSize: 12};
    }
    return result;
  }

  // Lines of at most `width` pixels, by about how wide a sans-serif's letters are; a long word is cut.
  function broken(text, width, letterWidth) {
    var most = Math.max(Math.floor(width / letterWidth), 8), lines = [], line = '';
    text.split(' ').forEach(function (word) {
      while (word.length > most) {
        if (line) lines.push(line);
        lines.push(word.slice(0, most));
        line = '';
        word = word.slice(most);
      }
      if (line && line.length + 1 + word.length > most) {
        lines.push(line);
        line = word;
      } else {
        line = line ? line + ' ' + word : word;
      }
    });
    return line ? lines.concat(line) : lines;
  }

  function methodLines(chart, width) {
    return broken(chart.method, width - 2 * imageMargin, 6.1);
  }

  function titleSize(width) {
    return width < 560 ? 16 : 20;
  }

  function titleLines(chart, width) {
    return broken(chart.title, width - 2 * imageMargin, titleSize(width) * 0.6);
  }

  function titleRoom(chart, width) {
    return 36 + titleLines(chart, width).length * (titleSize(width) + 4);
  }

  function methodRoom(chart, width) {
    return methodLines(chart, width).length * lineHeight + imageMargin + 8;
  }

  // An image stands alone on a slide: the title over the plot, the method under it.
  function addWords(result, chart, theme, width) {
    var room = methodRoom(chart, width), over = titleRoom(chart, width), size = titleSize(width);
    result.title = [
      {text: titleLines(chart, width).join('\n'), left: imageMargin, top: 16,
        textStyle: {color: theme.text, fontSize: size, fontFamily: font, lineHeight: size + 4}},
      {text: methodLines(chart, width).join('\n'), left: imageMargin, bottom: 12,
        textStyle: {color: theme.muted, fontSize: 12, fontWeight: 'normal', fontFamily: font, lineHeight: lineHeight}}
    ];
    each(result.grid, function (grid) {
      grid.top = (grid.top || 0) + over;
      grid.bottom = (grid.bottom || 0) + room;
      grid.left = (grid.left || 0) + 12;
      grid.right = (grid.right || 0) + 12;
    });
    each(result.legend, function (legend) {
      if (legend.bottom === undefined) legend.top = (legend.top || 0) + over;
      else legend.bottom += room;
    });
    each(result.visualMap, function (map) {
      if (map.bottom !== undefined) map.bottom += room;
    });
  }

  // The whole chart as SVG, without a page.
  function svg(chart, view) {
    var height = chart.height + (view.image ? titleRoom(chart, view.width) + methodRoom(chart, view.width) : 0);
    var drawn = echarts.init(null, null, {renderer: 'svg', ssr: true, width: view.width, height: height});
    drawn.setOption(option(chart, view));
    var text = drawn.renderToSVGString();
    drawn.dispose();
    return text;
  }

  return {option: option, svg: svg, amount: amount, themes: themes};
})();
