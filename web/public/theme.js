// Runs before the first paint, so that a chosen theme does not flash. It is a file because the page allows no inline scripts.
try {
  const theme = localStorage.getItem('dialpine.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; then the system's theme stands.
}
