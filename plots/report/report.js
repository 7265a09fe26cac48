// What a report's page does where scripts run: draws the charts, moves the slider, sorts and filters tables, prints.
// It formats and computes no number: the words of every place on the curve are made with the page.
(() => {
  'use strict';

  const byId = (id) => document.getElementById(id);
  const data = (id) => {
    const element = byId(id);
    return element ? JSON.parse(element.textContent) : null;
  };
  const printedWidth = 680; // pixels that fit A4 and Letter between margins

  // Theme: the system's until the button says otherwise.
  const system = matchMedia('(prefers-color-scheme: dark)');
  let chosen = null;
  let printing = false;
  const isDark = () => (chosen ? chosen === 'dark' : system.matches);
  const theme = () => (isDark() && !printing ? 'dark' : 'light');

  // Charts
  const charts = new Map();
  let place = null; // on the curve

  // A cross through the S-curve where the slider stands.
  const mark = (name) => {
    if (!place || (name !== 's-curve' && name !== 'contingency')) return null;
    const colour = tcosimCharts.themes[theme()].headline;
    const curve = name === 's-curve';
    return {
      id: 'slider-mark', type: 'line', data: [], silent: true, z: 10,
      markLine: {
        precision: -1, silent: true, symbol: 'none', animation: false, label: {show: false},
        lineStyle: {color: colour, type: 'dashed', width: 1.5},
        data: curve ? [{xAxis: place.budget}, {yAxis: place.confidence}] : [{xAxis: place.confidence}],
      },
      markPoint: {
        silent: true, animation: false, symbol: 'circle', symbolSize: 12, label: {show: false},
        itemStyle: {color: colour, borderColor: tcosimCharts.themes[theme()].background, borderWidth: 2},
        data: [{coord: curve ? [place.budget, place.confidence] : [place.confidence, place.contingency]}],
      },
    };
  };

  const draw = (entry, width) => {
    const {chart, element} = entry;
    const wanted = Math.max(Math.floor(width || element.clientWidth), 200);
    if (!entry.drawn) {
      element.style.height = chart.height + 'px';
      entry.drawn = echarts.init(element, null, {renderer: 'svg', width: wanted, height: chart.height});
    } else {
      entry.drawn.resize({width: wanted, height: chart.height});
    }
    const option = tcosimCharts.option(chart, {theme: theme(), width: wanted});
    const line = mark(chart.name);
    if (line) option.series = [].concat(option.series || [], line);
    entry.drawn.setOption(option, true);
    entry.width = wanted;
    if (printing) entry.drawn.getZr().flush();
  };
  const drawAll = (width) => charts.forEach((entry) => draw(entry, width));

  const startCharts = () => {
    (data('charts') || []).forEach((chart) => {
      const figure = byId('chart-' + chart.name);
      if (figure) charts.set(chart.name, {chart, element: figure.querySelector('.plot')});
    });
    drawAll();
    const observer = new ResizeObserver((entries) => {
      if (printing) return;
      entries.forEach(({target}) => {
        const entry = charts.get(target.closest('figure').dataset.chart);
        if (entry && Math.abs(entry.width - target.clientWidth) >= 1) draw(entry);
      });
    });
    charts.forEach(({element}) => observer.observe(element));
  };

  const startTheme = () => {
    const button = byId('theme');
    const show = () => {
      button.textContent = isDark() ? 'Light' : 'Dark';
      button.setAttribute('aria-label', isDark() ? 'Change to light colours' : 'Change to dark colours');
    };
    button.hidden = false;
    show();
    button.addEventListener('click', () => {
      chosen = isDark() ? 'light' : 'dark';
      document.documentElement.dataset.theme = chosen;
      show();
      drawAll();
    });
    system.addEventListener('change', () => {
      show();
      drawAll();
    });
  };

  // The slider: every figure is one of the result's own.
  const startSlider = () => {
    const result = data('result');
    const words = data('curve-words');
    const slider = byId('confidence');
    if (!slider || !result.curve || !result.curve.length) return;
    const number = byId('confidence-number');
    const set = (id, value, text) => {
      const element = byId(id);
      if (value !== undefined) element.dataset.value = value === null ? '' : String(value);
      element.textContent = text;
    };
    const initial = ['budget', 'contingency', 'contingency-percent', 'budget-interval'].map((id) => {
      const element = byId(id);
      return [id, element.dataset.value, element.textContent];
    });
    const sure = document.querySelector('#answer .sure');
    const initialSure = sure.textContent;
    const initialSpoken = slider.getAttribute('aria-valuetext');
    const start = slider.value;
    const redrawMarks = () => ['s-curve', 'contingency'].forEach((name) => {
      if (charts.has(name)) draw(charts.get(name));
    });

    const move = (percent) => {
      const at = Math.min(Math.max(Math.round(percent), 1), result.curve.length) - 1;
      const point = result.curve[at];
      const text = words[at];
      place = point;
      set('budget', point.budget, text.budget);
      set('contingency', point.contingency, text.contingency);
      set('contingency-percent', point.percent, text.percent);
      set('budget-interval', undefined, text.interval);
      sure.textContent = text.sure;
      slider.value = String(at + 1);
      slider.setAttribute('aria-valuetext', text.spoken);
      if (number.value !== String(at + 1) && document.activeElement !== number) number.value = String(at + 1);
      redrawMarks();
    };
    slider.addEventListener('input', () => move(Number(slider.value)));
    number.addEventListener('input', () => {
      const percent = Number(number.value);
      if (number.value !== '' && percent >= 1 && percent <= result.curve.length) move(percent);
    });
    number.addEventListener('change', () => {
      number.value = slider.value;
    });
    byId('confidence-reset').addEventListener('click', () => {
      place = null;
      initial.forEach(([id, value, text]) => set(id, value, text));
      sure.textContent = initialSure;
      slider.value = start;
      number.value = start;
      slider.setAttribute('aria-valuetext', initialSpoken);
      redrawMarks();
    });
    byId('slider').hidden = false;
  };

  // Tables that sort: a button in each head.
  const sortKey = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.value;
    const text = value === undefined ? cell.textContent.trim() : value;
    return text === '' || isNaN(Number(text)) ? text.toLowerCase() : Number(text);
  };
  const compare = (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
    return typeof a === 'number' ? -1 : 1;
  };
  const startSorting = (table) => {
    const heads = Array.from(table.tHead.rows[0].cells);
    const body = table.tBodies[0];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      head.textContent = '';
      head.append(button);
      head.setAttribute('aria-sort', 'none');
      button.addEventListener('click', () => {
        const before = head.getAttribute('aria-sort');
        // Numbers are asked for to see the largest
        const first = head.classList.contains('number') ? 'descending' : 'ascending';
        const order = before === 'none' ? first : before === 'ascending' ? 'descending' : 'ascending';
        heads.forEach((other) => other.setAttribute('aria-sort', other === head ? order : 'none'));
        const rows = Array.from(body.rows).map((row) => ({row, key: sortKey(row, column)}));
        const sign = order === 'ascending' ? 1 : -1;
        rows.sort((a, b) => sign * compare(a.key, b.key));
        body.append(...rows.map(({row}) => row));
      });
    });
  };

  const startFilter = (form) => {
    const rows = Array.from(byId(form.dataset.table).tBodies[0].rows);
    const output = form.querySelector('output');
    const apply = () => {
      const category = form.elements.category.value;
      const text = form.elements.text.value.trim().toLowerCase();
      let shown = 0;
      rows.forEach((row) => {
        const fits = (!category || row.dataset.category === category) &&
          (!text || row.textContent.toLowerCase().includes(text));
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      output.textContent = shown === rows.length ? '' : shown + ' of ' + rows.length + ' shown; the total is of all';
    };
    form.addEventListener('input', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.hidden = false;
  };

  // On paper: light, as wide as the sheet, everything opened.
  const startPrinting = () => {
    let opened = [];
    addEventListener('beforeprint', () => {
      printing = true;
      opened = Array.from(document.querySelectorAll('details:not([open])'));
      opened.forEach((details) => { details.open = true; });
      drawAll(printedWidth);
    });
    addEventListener('afterprint', () => {
      printing = false;
      opened.forEach((details) => { details.open = false; });
      drawAll();
    });
    const button = byId('print');
    button.hidden = false;
    button.addEventListener('click', () => print());
  };

  document.documentElement.classList.add('scripted');
  startTheme();
  startSlider();
  startCharts();
  document.querySelectorAll('table.sortable').forEach(startSorting);
  document.querySelectorAll('form.filters').forEach(startFilter);
  startPrinting();
})();
