export { isAdmin, useWorkspace, workspacesQuery } from './queries';
export { Welcome } from './Welcome';
