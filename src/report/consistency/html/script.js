// All content is in the page; this only opens what a link points into, filters long tables, and unfolds for printing.
(function () {
  document.documentElement.classList.add('script');
  function reveal() {
    var at = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var node = at; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
    if (at) at.scrollIntoView();
  }
  addEventListener('hashchange', reveal);
  reveal();
  addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (d) { d.open = true; });
  });
  document.querySelectorAll('.filter input').forEach(function (input) {
    var list = document.getElementById(input.getAttribute('aria-controls'));
    input.addEventListener('input', function () {
      var words = input.value.toLowerCase();
      list.querySelectorAll('tbody tr').forEach(function (row) {
        row.hidden = row.textContent.toLowerCase().indexOf(words) < 0;
      });
      list.querySelectorAll('details').forEach(function (d) { d.open = words !== ''; });
    });
  });
})();
