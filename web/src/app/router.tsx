import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from "@tanstack/react-router";
import { HomePage } from "@/app/pages/home-page";
import { NotFoundPage } from "@/app/pages/not-found-page";
import { PageError } from "@/components/states";
import { INVITATION_PATH, Shell } from "@/app/shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const children = createRoute({ getParentRoute: () => root, path: "/", component: HomePage });

const child = createRoute({
  getParentRoute: () => root,
  path: "/children/$childId",
  validateSearch: (search: Record<string, unknown>): { measure?: string } => measureOf(search),
  component: lazyRouteComponent(() => import("@/app/pages/child-page"), "ChildPage"),
});

const session = createRoute({
  getParentRoute: () => root,
  path: "/sessions/$sessionId",
  validateSearch: (search: Record<string, unknown>): { measure?: string } => measureOf(search),
  component: lazyRouteComponent(() => import("@/app/pages/session-page"), "SessionPage"),
});

const people = createRoute({
  getParentRoute: () => root,
  path: "/people",
  component: lazyRouteComponent(() => import("@/app/pages/people-page"), "PeoplePage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: INVITATION_PATH,
  component: lazyRouteComponent(() => import("@/app/pages/invitation-page"), "InvitationPage"),
});

function measureOf(search: Record<string, unknown>): { measure?: string } {
  return typeof search.measure === "string" ? { measure: search.measure } : {};
}

/** Every address of the dashboard; `history` lets a test start anywhere. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: root.addChildren([children, child, session, people, invitation]),
    history,
    defaultPreload: false,
    defaultErrorComponent: ({ error, reset }) => (
      <PageError error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
    ),
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
