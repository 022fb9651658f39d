// Runs before anything is painted, so that a dark window never flashes white. The interface writes `proviso-theme`.
(function () {
  var chosen = 'system';
  try {
    chosen = localStorage.getItem('proviso-theme') || 'system';
  } catch {
    // Without storage the system decides.
  }
  var dark = chosen === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
