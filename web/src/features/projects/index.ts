export { NewProjectDialog } from './NewProjectDialog';
export { projectsQuery, useArchivedProjects, useProjects, useTeams } from './queries';
