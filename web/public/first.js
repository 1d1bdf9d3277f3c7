// Runs before the first paint. It is a file because the page allows no inline scripts.

// A chosen theme must not flash.
try {
  const theme = localStorage.getItem('dialpine.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; then the system's theme stands.
}

// What the page at this address will ask is asked while the program is still on its way: `api/early.ts` takes the answers.
window.early = new Map();
function ask(path) {
  const answer = fetch(`/api/v1${path}`);
  answer.catch(() => undefined); // whoever takes it is told
  window.early.set(`/api/v1${path}`, answer);
}
const [, area, workspace, room, project, under, task] = location.pathname.split('/');
if (area === '' || area === 'w' || area === 'me') {
  ask('/me');
  ask('/me/switches');
  ask('/me/place');
}
if (area === '' || area === 'w') ask('/workspaces?limit=200');
if (area === 'w' && workspace) {
  ask(`/workspaces/${workspace}/projects?limit=200`);
  if (room === 'p' && (!under || under === 't')) ask(`/workspaces/${workspace}/projects/${project}/board`);
  if (room === 'p' && under === 't') ask(`/workspaces/${workspace}/tasks/${task}`);
}

// The first date that a browser writes takes a slow one longer than the hundred after it, so it is written while nothing else can be done.
new Date().toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
