// Shapes of custom series: what ECharts calls renderItem, by the name that a definition gives.
// Each takes the whole series, since some are drawn from all points at once. Words are drawn as text, never as markup.
(function (charts) {
  'use strict';

  var font = charts.font, amount = charts.amount;

  // Rows of a narrow plot have their words on two lines, over their bins.
  function headingRoom(area) {
    return area.width < 620 ? 42 : 26;
  }

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
    // The symbols of a line as one path: each as an element of its own, they take as long as the rest of a chart.
    markers: function (series) {
      var r = series.size / 2, s = 2 * r, hollow = series.outline === 'emptyCircle';
      var outline = {
        rect: 'm-' + r + ' -' + r + 'h' + s + 'v' + s + 'h-' + s + 'z',
        diamond: 'm0 -' + s * 0.7 + 'l' + r + ' ' + s * 0.7 + 'l-' + r + ' ' + s * 0.7 + 'l-' + r + ' -' + s * 0.7 + 'z',
        triangle: 'm0 -' + r + 'l' + r + ' ' + s + 'h-' + s + 'z'
      }[series.outline] || 'm-' + r + ' 0a' + r + ' ' + r + ' 0 1 0 ' + s + ' 0a' + r + ' ' + r + ' 0 1 0 -' + s + ' 0z';
      return function (params, api) {
        if (params.dataIndex !== 0) return null;
        var path = series.points.map(function (point) {
          var at = api.coord(point.value || point);
          return 'M' + at[0].toFixed(1) + ' ' + at[1].toFixed(1) + outline;
        });
        return {
          type: 'path', silent: true, shape: {pathData: path.join('')},
          style: hollow ? {fill: series.ground, stroke: series.color, lineWidth: 2} : {fill: series.color}
        };
      };
    },
    // All of `points`, [x, y], as a few paths: thousands of circles make a page heavy, and one path alone would not get
    // darker where its points lie on each other. Its data are two corners.
    dots: function (series) {
      return function (params, api) {
        if (params.dataIndex !== 0) return null;
        var paths = [[], [], [], [], [], []], low = series.data[0], high = series.data[1];
        // The axes are linear, and a call of coord() for each point took three times as long.
        var from = api.coord(low), to = api.coord(high);
        var across = high[0] > low[0] ? (to[0] - from[0]) / (high[0] - low[0]) : 0;
        var up = high[1] > low[1] ? (to[1] - from[1]) / (high[1] - low[1]) : 0;
        series.points.forEach(function (point, i) {
          var at = [from[0] + (point[0] - low[0]) * across, from[1] + (point[1] - low[1]) * up];
          // Of some length: ECharts leaves out lines that are shorter than half a pixel.
          paths[i % paths.length].push('M' + (at[0] - 0.4).toFixed(1) + ' ' + at[1].toFixed(1) + 'h0.8');
        });
        return {type: 'group', silent: true, children: paths.filter(function (path) {
          return path.length > 0;
        }).map(function (path) {
          return {
            type: 'path', silent: true, shape: {pathData: path.join('')},
            style: {stroke: series.color, fill: 'none', lineWidth: 4, lineCap: 'round', opacity: 0.35}
          };
        })};
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
    // Points [category, from, to]: a part of a stacked bar, with its `words` inside where enough of them has room.
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
        if (!words || width < Math.min(words.length * 6.2 + 12, 76)) return part;
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
        var right = api.coord([api.value(2), row])[0], y = foot[1] + band / 2 - 3;
        var rise = api.value(3) * (band - headingRoom(params.coordSys));
        return {
          type: 'rect', shape: {x: foot[0] + 0.25, y: y - rise, width: Math.max(right - foot[0] - 0.5, 0.5), height: rise},
          style: {fill: api.visual('color')}
        };
      };
    },
    // Points [category] with `name`, `words` and, for a narrow plot, `brief`: they stand over their row, across the plot,
    // since ECharts cuts labels of an axis at about a third of the width. What a cut may take is the end of the name.
    heading: function (series) {
      return function (params, api) {
        var area = params.coordSys, band = api.size([0, 1])[1], top = api.coord([0, api.value(0)])[1] - band / 2 + 4;
        var item = series.data[params.dataIndex], two = headingRoom(area) > 26;
        return {
          type: 'text', silent: true, x: area.x + 6, y: top,
          style: {text: two ? item.name + '\n' + item.brief : item.words + ': ' + item.name, fill: series.label.color,
            fontSize: 12, lineHeight: 16, fontFamily: font, verticalAlign: 'top', width: area.width - 12,
            overflow: 'truncate', ellipsis: '\u2026', stroke: series.color, lineWidth: 3}
        };
      };
    },
    // Points [x, y] with `words`, `side` and a color: a name beside its curve or point. A narrow plot keeps those that
    // say `always`.
    note: function (series) {
      return function (params, api) {
        var item = series.data[params.dataIndex], at = api.coord([api.value(0), api.value(1)]);
        var left = item.side === 'left' || item.side === 'lower', under = item.side === 'right' || item.side === 'lower';
        if (params.coordSys.width < 480 && !item.always) return null;
        return {
          type: 'text', silent: true, x: at[0] + (left ? -8 : 8), y: at[1] + (under ? 3 : -3),
          style: {text: item.words, fill: item.color, fontSize: 12, fontFamily: font, align: left ? 'right' : 'left',
            verticalAlign: under ? 'top' : 'bottom', stroke: series.color, lineWidth: 3}
        };
      };
    }
  };

  charts.shapes = shapes;
})(tcosimCharts);
