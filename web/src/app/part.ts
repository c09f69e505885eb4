import { ApiProblem, NO_ANSWER } from "@/api/client";

/**
 * Load a part of the dashboard; when it does not come, that is told like an answer of the server that does not come.
 *
 * The router would load the whole page anew by itself, which leaves nothing to look at while the server is away.
 */
export function part<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    try {
      return await load();
    } catch {
      throw new ApiProblem(0, NO_ANSWER);
    }
  };
}

/** Try a page that failed again. A part that did not come is only asked for anew with the whole page. */
export async function tryAgain(error: Error, reset: () => void): Promise<void> {
  if (!(error instanceof ApiProblem && error.problem.code === NO_ANSWER.code)) {
    reset();
    return;
  }
  const isBack = await fetch("/api/health").then(
    (answer) => answer.ok,
    () => false,
  );
  if (isBack) globalThis.location.reload();
}
