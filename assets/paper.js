/* The form on the page of a round's paper: drawn again by what others did, unless it was drawn anew since that was
   asked for. An answer that was on its way while something was pressed here would else wipe what is typed next. */
(function () {
  "use strict";
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.paper = {
    form: function (news, stamp) {
      var same = window.dash_clientside.no_update;
      if (!news || news.known !== stamp || news.stamp === stamp) {
        return [same, same];
      }
      return [news.form, news.stamp];
    }
  };
})();
