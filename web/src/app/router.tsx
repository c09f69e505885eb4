import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from "@tanstack/react-router";
import { HomePage } from "@/app/pages/home-page";
import { NotFoundPage } from "@/app/pages/not-found-page";
import { part, tryAgain } from "@/app/part";
import type { View } from "@/features/progress/progress-view";
import { PageError } from "@/components/states";
import { INVITATION_PATH, Shell } from "@/app/shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const children = createRoute({ getParentRoute: () => root, path: "/", component: HomePage });

const child = createRoute({
  getParentRoute: () => root,
  path: "/children/$childId",
  validateSearch: (search: Record<string, unknown>): { measure?: string } => measureOf(search),
  component: lazyRouteComponent(
    part(() => import("@/app/pages/child-page")),
    "ChildPage",
  ),
});

const family = createRoute({
  getParentRoute: () => root,
  path: "/children/$childId/family",
  component: lazyRouteComponent(
    part(() => import("@/app/pages/family-page")),
    "FamilyPage",
  ),
});

const reports = createRoute({
  getParentRoute: () => root,
  path: "/children/$childId/reports",
  component: lazyRouteComponent(
    part(() => import("@/app/pages/reports-page")),
    "ReportsPage",
  ),
});

const progress = createRoute({
  getParentRoute: () => root,
  path: "/children/$childId/progress",
  validateSearch: (search: Record<string, unknown>): View => viewOf(search),
  component: lazyRouteComponent(
    part(() => import("@/app/pages/progress-page")),
    "ProgressPage",
  ),
});

const search = createRoute({
  getParentRoute: () => root,
  path: "/children/$childId/search",
  validateSearch: ({ q }: Record<string, unknown>): { q?: string } =>
    typeof q === "string" && q ? { q: q.slice(0, 500) } : {},
  component: lazyRouteComponent(
    part(() => import("@/app/pages/search-page")),
    "SearchPage",
  ),
});

const session = createRoute({
  getParentRoute: () => root,
  path: "/sessions/$sessionId",
  validateSearch: (search: Record<string, unknown>): { measure?: string } => measureOf(search),
  component: lazyRouteComponent(
    part(() => import("@/app/pages/session-page")),
    "SessionPage",
  ),
});

const people = createRoute({
  getParentRoute: () => root,
  path: "/people",
  component: lazyRouteComponent(
    part(() => import("@/app/pages/people-page")),
    "PeoplePage",
  ),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: INVITATION_PATH,
  component: lazyRouteComponent(
    part(() => import("@/app/pages/invitation-page")),
    "InvitationPage",
  ),
});

function measureOf(search: Record<string, unknown>): { measure?: string } {
  return typeof search.measure === "string" ? { measure: search.measure } : {};
}

/** A period, a situation, and whether the figures stand in a table; what is no such thing is left out. */
function viewOf(search: Record<string, unknown>): View {
  const day = (name: string) =>
    /^\d{4}-\d\d-\d\d$/.test(String(search[name])) ? String(search[name]) : undefined;
  const [first, last] = [day("first"), day("last")];
  return {
    ...(first && { first }),
    ...(last && { last }),
    ...(typeof search.context === "string" && search.context && { context: search.context }),
    ...(search.view === "table" && { view: "table" as const }),
  };
}

/** Every address of the dashboard; `history` lets a test start anywhere. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: root.addChildren([
      children,
      child,
      progress,
      search,
      reports,
      family,
      session,
      people,
      invitation,
    ]),
    history,
    defaultPreload: false,
    defaultErrorComponent: ({ error, reset }) => {
      const failure = error instanceof Error ? error : new Error(String(error));
      return <PageError error={failure} onRetry={() => void tryAgain(failure, reset)} />;
    },
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
