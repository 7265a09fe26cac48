// What the charts use of Apache ECharts, as one script that an engine of ECMAScript 5 runs.
import {init, use, version} from 'echarts/core';
import {BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart} from 'echarts/charts';
import {
  AriaComponent, AxisPointerComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent,
  MarkPointComponent, TitleComponent, TooltipComponent, VisualMapContinuousComponent,
} from 'echarts/components';
import {LabelLayout} from 'echarts/features';
import {SVGRenderer} from 'echarts/renderers';

use([
  AriaComponent, AxisPointerComponent, BarChart, CustomChart, GridComponent, HeatmapChart, LabelLayout, LegendComponent,
  LineChart, MarkAreaComponent, MarkLineComponent, MarkPointComponent, SVGRenderer, ScatterChart, TitleComponent,
  TooltipComponent, VisualMapContinuousComponent,
]);

self.echarts = {init, version};
