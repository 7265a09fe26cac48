// From a chart's definition to what ECharts draws, in pages and in images alike: names become colours and functions,
// and axes, legends, labels and an image's words get the room that the width leaves.
// A definition is data alone: {name, title, method, height, option}. In `option`, "@name" is a colour of the theme where
// a colour is expected, a formatter is the name of one of `formats`, a renderItem the name of one of `shapes`.
(function (charts) {
  'use strict';

  var themes = charts.themes, font = charts.font, formats = charts.formats, shapes = charts.shapes;
  var imageMargin = 24, lineHeight = 16, letter = 6.6, labelRow = 16, legendRow = 22;

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
      axis.axisLabel.width = axis.axisLabel.width || (narrow ? 110 : 190);
      axis.axisLabel.overflow = axis.axisLabel.overflow || 'truncate';
      axis.axisLabel.lineHeight = 14;
      // Broken here, as ECharts would leave the blank at a line's end; two lines have room in a row.
      if (axis.inverse && axis.axisLabel.overflow === 'break') {
        var wide = axis.axisLabel.width;
        axis.axisLabel.overflow = 'truncate';
        axis.axisLabel.formatter = function (name) {
          var letters = /[\u2e80-\uffff]/.test(name) ? 12 : narrow ? 5.4 : 6;  // Chinese ones are twice as wide
          var lines = broken(name, wide, letters);
          return lines.length > 2 ? lines[0] + '\n' + lines[1] + '\u2026' : lines.join('\n');
        };
      }
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
      if (!series.markLine) return;
      // ECharts would put a mark at two decimals of its value: that of 0.0124 at 0.01.
      series.markLine.precision = -1;
      if (series.markLine.reach) layMarks(result, series, view.width, narrow);
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
    return broken(chart.method, width - 2 * imageMargin, 5.8);
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

  // A still picture has no points to hover: the symbols of a line are one path, and of many points it shows a few, which
  // tell lines apart.
  function withJoinedSymbols(series, theme) {
    var points = series.data || [], style = series.itemStyle || {};
    var own = points.some(function (point) { return point.symbol || point.symbolSize || point.label; });
    if (series.type !== 'line' || series.symbol === 'none' || own || !points.length || !style.color) return series;
    var step = points.length > 12 ? Math.ceil((points.length - 1) / 6) : 1;
    var symbols = {
      type: 'custom', data: points.slice(0, 1), points: points.filter(function (point, i) { return i % step === 0; }),
      encode: {x: 0, y: 1}, silent: true, z: 3,
      color: style.color, size: series.symbolSize || 4, outline: series.symbol, ground: theme.background
    };
    symbols.renderItem = shapes.markers(symbols);
    // What the legend shows stays: ECharts takes the symbol from the line.
    series.showSymbol = false;
    return [series, symbols];
  }

  // The whole chart as SVG, without a page.
  function svg(chart, view) {
    var height = chart.height + (view.image ? titleRoom(chart, view.width) + methodRoom(chart, view.width) : 0);
    var drawn = echarts.init(null, null, {renderer: 'svg', ssr: true, width: view.width, height: height});
    var still = option(chart, view), series = [];
    each(still.series, function (one) { series = series.concat(withJoinedSymbols(one, themes[view.theme])); });
    still.series = series;
    drawn.setOption(still);
    var text = drawn.renderToSVGString();
    drawn.dispose();
    return text;
  }

  charts.option = option;
  charts.svg = svg;
})(tcosimCharts);
