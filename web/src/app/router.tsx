import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from "@tanstack/react-router";
import { ChildrenPage } from "@/app/pages/children-page";
import { NotFoundPage } from "@/app/pages/not-found-page";
import { PageError } from "@/components/states";
import { Shell } from "@/app/shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const children = createRoute({ getParentRoute: () => root, path: "/", component: ChildrenPage });

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

function measureOf(search: Record<string, unknown>): { measure?: string } {
  return typeof search.measure === "string" ? { measure: search.measure } : {};
}

/** Every address of the dashboard; `history` lets a test start anywhere. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: root.addChildren([children, child, session]),
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
