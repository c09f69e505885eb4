import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";

const quiet = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

export function renderPlain(ui: ReactNode) {
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={quiet()}>{ui}</QueryClientProvider>
    </MantineProvider>,
  );
}

/** Render a part that holds links: at an address of its own, with the dashboard's addresses to lead to. */
export async function renderLinked(ui: ReactNode) {
  const root = createRootRoute();
  const routes = [
    "/children/$childId",
    "/children/$childId/progress",
    "/children/$childId/family",
    "/children/$childId/reports",
    "/sessions/$sessionId",
  ].map((path) => createRoute({ getParentRoute: () => root, path }));
  const here = createRoute({ getParentRoute: () => root, path: "/", component: () => ui });
  const router = createRouter({
    routeTree: root.addChildren([here, ...routes]),
    history: createMemoryHistory(),
  });
  await router.load();
  return renderPlain(<RouterProvider router={router as never} />);
}
