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
      negative: '#0072b2', zero: '#f5f7fa', positive: '#d55e00',
      s1: '#0072b2', s2: '#d55e00', s3: '#009e73', s4: '#cc79a7', s5: '#e69f00', s6: '#56b4e9', s7: '#7b5ea7',
      s8: '#8c6d31', s9: '#52606d', s10: '#1f2933'
    },
    dark: {
      background: '#14191f', text: '#e6edf3', muted: '#a3b1bf', axis: '#5f6e7d', grid: '#2b343d',
      total: '#56b4e9', area: 'rgba(86,180,233,0.25)', band: 'rgba(86,180,233,0.35)', faint: '#3e4c59',
      base: '#b3c0cc', p50: '#2fd0a0', headline: '#ff8c42', p90: '#e39ac4', budget: '#e6edf3',
      low: '#56b4e9', high: '#ff8c42', saving: '#2fd0a0', cost: '#ff8c42',
      negative: '#56b4e9', zero: '#1f272f', positive: '#ff8c42',
      s1: '#56b4e9', s2: '#ff8c42', s3: '#2fd0a0', s4: '#e39ac4', s5: '#f0c24b', s6: '#9ad4f5', s7: '#b79ae0',
      s8: '#c9ab6b', s9: '#a3b1bf', s10: '#e6edf3'
    }
  };
  // Without quotes: they would end the attribute that ECharts writes them into.
  var font = 'Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif';
  var imageMargin = 24, titleRoom = 56, lineHeight = 16;

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

  function styleAxis(axis, theme, narrow) {
    axis.axisLine = axis.axisLine || {lineStyle: {color: theme.axis}};
    axis.axisTick = axis.axisTick || {show: false};
    axis.splitLine = axis.splitLine || {show: axis.type !== 'category', lineStyle: {color: theme.grid}};
    axis.axisLabel = axis.axisLabel || {};
    axis.axisLabel.color = axis.axisLabel.color || theme.text;
    axis.axisLabel.fontSize = narrow ? 11 : 12;
    axis.nameTextStyle = axis.nameTextStyle || {};
    axis.nameTextStyle.color = theme.muted;
    axis.nameTextStyle.fontSize = 12;
    if (axis.type === 'category') {
      axis.axisLabel.width = axis.axisLabel.width || (narrow ? 96 : 190);
      axis.axisLabel.overflow = 'truncate';
    } else {
      axis.axisLabel.hideOverlap = true;
      if (narrow) axis.splitNumber = Math.min(axis.splitNumber || 3, 3);
    }
  }

  // What every chart shares. view: {theme: 'light' or 'dark', width, image: whether title and method are in the picture}
  function option(chart, view) {
    var theme = themes[view.theme], narrow = view.width < 560;
    var result = resolved(chart.option, theme, '');
    result.animation = false;
    result.backgroundColor = view.image ? theme.background : 'transparent';
    result.textStyle = {fontFamily: font, color: theme.text};
    result.color = [theme.s1, theme.s2, theme.s3, theme.s4, theme.s5, theme.s6, theme.s7, theme.s8, theme.s9, theme.s10];
    each(result.xAxis, function (axis) { styleAxis(axis, theme, narrow); });
    each(result.yAxis, function (axis) { styleAxis(axis, theme, narrow); });
    each(result.legend, function (legend) {
      legend.textStyle = {color: theme.text, fontSize: 12};
      legend.inactiveColor = theme.faint;
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

  // About how many lines a text takes; half an em a letter, as wide as a sans-serif is on average.
  function lineCount(text, width, size) {
    return text ? Math.ceil(text.length * size * 0.52 / width) : 0;
  }

  function methodRoom(chart, width) {
    return lineCount(chart.method, width - 2 * imageMargin, 12) * lineHeight + imageMargin + 8;
  }

  // An image stands alone on a slide: the title over the plot, the method under it.
  function addWords(result, chart, theme, width) {
    var room = methodRoom(chart, width);
    result.title = [
      {text: chart.title, left: imageMargin, top: 18, textStyle: {color: theme.text, fontSize: 20, fontFamily: font,
        width: width - 2 * imageMargin, overflow: 'truncate'}},
      {text: chart.method, left: imageMargin, bottom: 12, textStyle: {color: theme.muted, fontSize: 12,
        fontWeight: 'normal', fontFamily: font, lineHeight: lineHeight, width: width - 2 * imageMargin,
        overflow: 'break'}}
    ];
    each(result.grid, function (grid) {
      grid.top = (grid.top || 0) + titleRoom;
      grid.bottom = (grid.bottom || 0) + room;
      grid.left = (grid.left || 0) + 12;
      grid.right = (grid.right || 0) + 12;
    });
    each(result.legend, function (legend) {
      if (legend.bottom === undefined) legend.top = (legend.top || 0) + titleRoom;
      else legend.bottom += room;
    });
    each(result.visualMap, function (map) {
      if (map.bottom !== undefined) map.bottom += room;
    });
  }

  // The whole chart as SVG, without a page.
  function svg(chart, view) {
    var height = chart.height + titleRoom + methodRoom(chart, view.width);
    var drawn = echarts.init(null, null, {renderer: 'svg', ssr: true, width: view.width, height: height});
    drawn.setOption(option(chart, view));
    var text = drawn.renderToSVGString();
    drawn.dispose();
    return text;
  }

  return {option: option, svg: svg, amount: amount, themes: themes};
})();
