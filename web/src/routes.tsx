import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { hasStatus, sentence } from '@/api';
import { stored } from '@/base/stored';
import { IdentityGate, learnManner, meQuery, SignInPage, SignUpPage } from '@/features/accounts';
import { filterFrom, ProjectPage, type Filter } from '@/features/board';
import { NotFoundPage, WorkspaceFrame } from '@/features/frame';
import { HomePage } from '@/features/home';
import { switchesQuery } from '@/features/insight';
import { projectsQuery } from '@/features/projects';
import { boardQuery, taskQuery } from '@/features/tasks';
import { workspacesQuery } from '@/features/workspaces';
import { TryAgain } from '@/ui';

type Context = { client: QueryClient };

const root = createRootRouteWithContext<Context>()({ component: Outlet, notFoundComponent: NotFoundPage });

function text(search: Record<string, unknown>, name: string): string | undefined {
  const value = search[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

const patience = 50; // milliseconds

/** What comes at once is drawn with the page; it draws bones for what comes later. */
async function soon(...answers: Promise<unknown>[]): Promise<void> {
  await Promise.race([Promise.allSettled(answers), new Promise(resolve => setTimeout(resolve, patience))]);
}

/** Which version of a document, and compared with which. */
function versionsFrom(search: Record<string, unknown>): { version?: string; from?: string } {
  const version = text(search, 'version');
  const from = text(search, 'from');
  return { ...(version ? { version } : {}), ...(from ? { from } : {}) };
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: (search: Record<string, unknown>): { then?: string } => {
    const then = text(search, 'then');
    // Only an address of this page: another host must not be reachable through a sign-in link.
    return then?.startsWith('/') && !then.startsWith('//') && !then.startsWith('/\\') ? { then } : {};
  },
});
const signUp = createRoute({ getParentRoute: () => root, path: '/sign-up', component: SignUpPage });
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('@/features/accounts/JoinPage'), 'JoinPage'),
});
const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: '/confirm-email',
  component: lazyRouteComponent(() => import('@/features/accounts/ConfirmEmailPage'), 'ConfirmEmailPage'),
});
const policy = createRoute({
  getParentRoute: () => root,
  path: '/policy',
  component: lazyRouteComponent(() => import('@/features/documents/DocumentPage'), 'PolicyPage'),
  validateSearch: versionsFrom,
});
const legal = createRoute({
  getParentRoute: () => root,
  path: '/documents/$document',
  component: lazyRouteComponent(() => import('@/features/documents/DocumentPage'), 'DocumentPage'),
  validateSearch: versionsFrom,
});
const proof = createRoute({
  getParentRoute: () => root,
  path: '/proof',
  component: lazyRouteComponent(() => import('@/features/proof/ProofPage'), 'ProofPage'),
});
const subprocessors = createRoute({
  getParentRoute: () => root,
  path: '/subprocessors',
  component: lazyRouteComponent(() => import('@/features/subprocessors/SubprocessorsPage'), 'SubprocessorsPage'),
});
const records = createRoute({
  getParentRoute: () => root,
  path: '/records',
  component: lazyRouteComponent(() => import('@/features/records/RecordsPage'), 'RecordsPage'),
});
const certificate = createRoute({
  getParentRoute: () => root,
  path: '/erased/$erasure',
  component: lazyRouteComponent(() => import('@/features/privacy/CertificatePage'), 'CertificatePage'),
});

function Inside() {
  return (
    <>
      <Outlet />
      <IdentityGate />
    </>
  );
}

/** Everything behind the door: without a session one is led to it, and back here afterwards. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Inside,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.query({ ...meQuery, staleTime: 'static' });
      context.client.query(switchesQuery).catch(() => undefined); // nobody waits for it
      void learnManner(context.client);
    } catch (error) {
      if (!hasStatus(error, 401)) throw error;
      const isHome = location.pathname === '/';
      throw redirect({ to: '/sign-in', search: isHome ? {} : { then: location.href } });
    }
  },
  errorComponent: ({ error, reset }) => <TryAgain text={sentence(error)} again={reset} />,
});

const start = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: async ({ context }) => {
    const workspaces = await context.client.query({ ...workspacesQuery, staleTime: 'static' });
    const last = workspaces.find(one => one.id === stored('workspace')) ?? workspaces[0];
    if (last) throw redirect({ to: '/w/$workspace', params: { workspace: last.id }, replace: true });
    throw redirect({ to: '/new-workspace', replace: true });
  },
});
const newWorkspace = createRoute({
  getParentRoute: () => inside,
  path: '/new-workspace',
  component: lazyRouteComponent(() => import('@/features/workspaces/NewWorkspacePage'), 'NewWorkspacePage'),
});

const importWorkspace = createRoute({
  getParentRoute: () => inside,
  path: '/import-workspace',
  component: lazyRouteComponent(() => import('@/features/moving/ImportWorkspacePage'), 'ImportWorkspacePage'),
});
const importedWorkspace = createRoute({
  getParentRoute: () => inside,
  path: '/import-workspace/$import',
  component: lazyRouteComponent(() => import('@/features/moving/ImportWorkspaceJobPage'), 'ImportWorkspaceJobPage'),
});

const workspace = createRoute({
  getParentRoute: () => inside,
  path: '/w/$workspace',
  component: WorkspaceFrame,
  loader: ({ context: { client }, params, preload }) =>
    preload
      ? undefined
      : soon(
          client.query({ ...workspacesQuery, staleTime: 'static' }),
          client.query({ ...projectsQuery(params.workspace), staleTime: 'static' }),
        ),
});
const home = createRoute({ getParentRoute: () => workspace, path: '/', component: HomePage });
const search = createRoute({
  getParentRoute: () => workspace,
  path: '/search',
  component: lazyRouteComponent(() => import('@/features/search/SearchPage'), 'SearchPage'),
  validateSearch: (asked: Record<string, unknown>): { q?: string } => {
    const q = text(asked, 'q');
    return q ? { q } : {};
  },
});
const settings = createRoute({
  getParentRoute: () => workspace,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/workspaces/SettingsPage'), 'SettingsPage'),
});
const aboutPerson = createRoute({
  getParentRoute: () => workspace,
  path: '/about-a-person',
  component: lazyRouteComponent(() => import('@/features/subjects/SubjectSearchPage'), 'SubjectSearchPage'),
});
const newImport = createRoute({
  getParentRoute: () => workspace,
  path: '/import',
  component: lazyRouteComponent(() => import('@/features/imports/ImportPage'), 'ImportPage'),
});
const runningImport = createRoute({
  getParentRoute: () => workspace,
  path: '/imports/$import',
  component: lazyRouteComponent(() => import('@/features/imports/ImportJobPage'), 'ImportJobPage'),
});
const project = createRoute({
  getParentRoute: () => workspace,
  path: '/p/$project',
  component: ProjectPage,
  loader: ({ context: { client }, params, preload }) =>
    preload ? undefined : soon(client.query({ ...boardQuery(params), staleTime: 'static' })),
  validateSearch: (asked: Record<string, unknown>): Filter & { view?: 'list' } => ({
    ...filterFrom(asked),
    ...(asked.view === 'list' ? { view: 'list' as const } : {}),
  }),
});
const task = createRoute({
  getParentRoute: () => project,
  path: '/t/$key',
  loader: ({ context: { client }, params: { workspace, key }, preload }) =>
    preload ? undefined : soon(client.query({ ...taskQuery(workspace, key), staleTime: 'static' })),
});
const projectSettings = createRoute({
  getParentRoute: () => workspace,
  path: '/p/$project/settings',
  component: lazyRouteComponent(() => import('@/features/projects/ProjectSettingsPage'), 'ProjectSettingsPage'),
});
const archive = createRoute({
  getParentRoute: () => workspace,
  path: '/p/$project/archive',
  component: lazyRouteComponent(() => import('@/features/projects/ArchivePage'), 'ArchivePage'),
});

const mine = createRoute({
  getParentRoute: () => inside,
  path: '/me',
  component: lazyRouteComponent(() => import('@/features/privacy/PrivacyFrame'), 'PrivacyFrame'),
});
const overview = createRoute({
  getParentRoute: () => mine,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/privacy/OverviewPage'), 'OverviewPage'),
});
const myData = createRoute({
  getParentRoute: () => mine,
  path: '/data',
  component: lazyRouteComponent(() => import('@/features/privacy/MyDataPage'), 'MyDataPage'),
});
const myExport = createRoute({
  getParentRoute: () => mine,
  path: '/export',
  component: lazyRouteComponent(() => import('@/features/privacy/ExportPage'), 'ExportPage'),
});
const consents = createRoute({
  getParentRoute: () => mine,
  path: '/consents',
  component: lazyRouteComponent(() => import('@/features/privacy/ConsentsPage'), 'ConsentsPage'),
});
const activity = createRoute({
  getParentRoute: () => mine,
  path: '/activity',
  component: lazyRouteComponent(() => import('@/features/privacy/ActivityPage'), 'ActivityPage'),
});
const myLog = createRoute({
  getParentRoute: () => mine,
  path: '/log',
  component: lazyRouteComponent(() => import('@/features/privacy/LogPage'), 'LogPage'),
});
const disclosures = createRoute({
  getParentRoute: () => mine,
  path: '/disclosures',
  component: lazyRouteComponent(() => import('@/features/privacy/DisclosuresPage'), 'DisclosuresPage'),
});
const holds = createRoute({
  getParentRoute: () => mine,
  path: '/holds',
  component: lazyRouteComponent(() => import('@/features/privacy/HoldsPage'), 'HoldsPage'),
});
const rights = createRoute({
  getParentRoute: () => mine,
  path: '/rights',
  component: lazyRouteComponent(() => import('@/features/privacy/RightsPage'), 'RightsPage'),
});
const account = createRoute({
  getParentRoute: () => mine,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/privacy/AccountPage'), 'AccountPage'),
});
const sessions = createRoute({
  getParentRoute: () => mine,
  path: '/sessions',
  component: lazyRouteComponent(() => import('@/features/privacy/SessionsPage'), 'SessionsPage'),
});
const move = createRoute({
  getParentRoute: () => mine,
  path: '/move',
  component: lazyRouteComponent(() => import('@/features/moving/MovePage'), 'MovePage'),
});
const written = createRoute({
  getParentRoute: () => mine,
  path: '/written',
  component: lazyRouteComponent(() => import('@/features/subjects/WrittenAboutPage'), 'WrittenAboutPage'),
});
const erase = createRoute({
  getParentRoute: () => mine,
  path: '/erase',
  component: lazyRouteComponent(() => import('@/features/privacy/ErasePage'), 'ErasePage'),
});
const publications = createRoute({
  getParentRoute: () => mine,
  path: '/publications',
  component: lazyRouteComponent(() => import('@/features/privacy/PublicationsPage'), 'PublicationsPage'),
});
const requests = createRoute({
  getParentRoute: () => mine,
  path: '/requests',
  component: lazyRouteComponent(() => import('@/features/privacy/RequestsPage'), 'RequestsPage'),
});
const outbox = createRoute({
  getParentRoute: () => mine,
  path: '/outbox',
  component: lazyRouteComponent(() => import('@/features/privacy/OutboxPage'), 'OutboxPage'),
});

const statistics = createRoute({
  getParentRoute: () => mine,
  path: '/statistics',
  component: lazyRouteComponent(() => import('@/features/privacy/StatisticsPage'), 'StatisticsPage'),
});
const crashes = createRoute({
  getParentRoute: () => mine,
  path: '/crashes',
  component: lazyRouteComponent(() => import('@/features/privacy/CrashesPage'), 'CrashesPage'),
});

const tree = root.addChildren([
  signIn,
  signUp,
  join,
  confirmEmail,
  policy,
  legal,
  records,
  proof,
  subprocessors,
  certificate,
  inside.addChildren([
    start,
    newWorkspace,
    importWorkspace,
    importedWorkspace,
    mine.addChildren([
      overview,
      myData,
      disclosures,
      consents,
      activity,
      rights,
      holds,
      myExport,
      myLog,
      account,
      sessions,
      written,
      move,
      erase,
      publications,
      requests,
      outbox,
      statistics,
      crashes,
    ]),
    workspace.addChildren([
      home,
      search,
      settings,
      aboutPerson,
      newImport,
      runningImport,
      projectSettings,
      archive,
      project.addChildren([task]),
    ]),
  ]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    defaultStaleTime: Infinity, // the client's caches say what is out of date
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
