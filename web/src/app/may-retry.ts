import { ApiProblem } from "@/api/client";

const MOST_TRIES = 3;
/** The server was set up without what was asked for: it will not have it a moment later. */
const NOT_IMPLEMENTED = 501;

/** Only what may pass by itself is tried again: no answer, or a server in trouble. */
export function mayRetry(failures: number, error: Error): boolean {
  if (failures + 1 >= MOST_TRIES) return false;
  if (!(error instanceof ApiProblem)) return true;
  return error.status === 0 || (error.status >= 500 && error.status !== NOT_IMPLEMENTED);
}
