// What charts have in common: colours of the light and the dark theme, the font, the words of ticks and tooltips.
// ECMAScript 5, since images are drawn by Duktape. themes.js, shapes.js and layout.js are one script, in this order;
// tcosimCharts is all that it defines.
var tcosimCharts = {};
(function (charts) {
  'use strict';

  // Okabe and Ito's palette, which people with any colour vision tell apart; lighter blues and greens on dark ground.
  var themes = {
    light: {
      background: '#ffffff', text: '#1f2933', muted: '#52606d', axis: '#9aa5b1', grid: '#e4e7eb',
      total: '#0072b2', area: 'rgba(0,114,178,0.22)', band: 'rgba(0,114,178,0.28)', faint: '#cbd2d9',
      base: '#52606d', p50: '#009e73', headline: '#d55e00', p90: '#a3477c', budget: '#1f2933',
      low: '#56b4e9', high: '#d55e00', saving: '#009e73', cost: '#d55e00',
      negative: '#0072b2', zero: '#f5f7fa', positive: '#d55e00', spread: 'rgba(213,94,0,0.28)',
      tint1: '#9cc9e6', tint2: '#c9e2f2',
      s1: '#0072b2', s2: '#d55e00', s3: '#009e73', s4: '#cc79a7', s5: '#e69f00', s6: '#56b4e9', s7: '#7b5ea7',
      s8: '#8c6d31', s9: '#52606d', s10: '#1f2933'
    },
    dark: {
      background: '#14191f', text: '#e6edf3', muted: '#a3b1bf', axis: '#5f6e7d', grid: '#2b343d',
      total: '#56b4e9', area: 'rgba(86,180,233,0.25)', band: 'rgba(86,180,233,0.35)', faint: '#3e4c59',
      base: '#b3c0cc', p50: '#2fd0a0', headline: '#ff8c42', p90: '#e39ac4', budget: '#e6edf3',
      low: '#56b4e9', high: '#ff8c42', saving: '#2fd0a0', cost: '#ff8c42',
      negative: '#56b4e9', zero: '#1f272f', positive: '#ff8c42', spread: 'rgba(255,140,66,0.35)',
      tint1: '#1f5a80', tint2: '#2f789f',
      s1: '#56b4e9', s2: '#ff8c42', s3: '#2fd0a0', s4: '#e39ac4', s5: '#f0c24b', s6: '#9ad4f5', s7: '#b79ae0',
      s8: '#c9ab6b', s9: '#a3b1bf', s10: '#e6edf3'
    }
  };

  // Without quotes: they would end the attribute that ECharts writes them into.
  var font = 'Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif';

  function trimmed(value, digits) {
    return String(Number(value.toPrecision(digits)));
  }

  function grouped(text) {
    var parts = text.split('.');
    parts[0] = parts[0].replace(/\B(?=(\d{3})+(?!\d))/g, ',');
    return parts.join('.');
  }

  // Ticks are round numbers: 7,500, 25k, 1.25M, 2,500T.
  function amount(value) {
    var size = Math.abs(value), sign = value < 0 ? '-' : '';
    if (size >= 1e18 || (size > 0 && size < 1e-4)) {
      return Number(value.toPrecision(4)).toExponential().replace('e+', 'e');
    }
    if (size >= 1e12) return sign + grouped(trimmed(size / 1e12, 6)) + 'T';
    if (size >= 1e9) return sign + trimmed(size / 1e9, 6) + 'B';
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

  charts.themes = themes;
  charts.font = font;
  charts.amount = amount;
  charts.formats = formats;
})(tcosimCharts);
