/* Dates and numbers of charts in Chinese. It may load before or after the bundle: both take it. */
(function () {
  "use strict";
  var months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(function (n) { return n + "月"; });
  var days = ["日", "一", "二", "三", "四", "五", "六"];
  var locale = {
    moduleType: "locale",
    name: "zh-CN",
    dictionary: {},
    format: {
      days: days.map(function (day) { return "星期" + day; }),
      shortDays: days.map(function (day) { return "周" + day; }),
      months: months,
      shortMonths: months,
      periods: ["上午", "下午"],
      dateTime: "%Y年%-m月%-d日 %H:%M:%S",
      date: "%Y年%-m月%-d日",
      time: "%H:%M:%S",
      decimal: ".",
      thousands: ",",
      grouping: [3],
      currency: ["", "元"],
      year: "%Y年",
      month: "%Y年%-m月",
      dayMonth: "%-m月%-d日",
      dayMonthYear: "%Y年%-m月%-d日"
    }
  };
  if (window.Plotly) {
    window.Plotly.register(locale);
  } else {
    window.PlotlyLocales = (window.PlotlyLocales || []).concat(locale);
  }
})();
