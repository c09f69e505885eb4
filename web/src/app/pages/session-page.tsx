import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { childQuery } from "@/api/get-child";
import type { SessionOut } from "@/api/schema";
import { usePageTitle } from "@/components/page-title";
import { LoadingLines, PageError } from "@/components/states";
import { sessionQuery } from "@/features/session/get-session";
import { tracksQuery } from "@/features/session/get-tracks";
import { SessionView } from "@/features/session/session-view";
import { formatDate } from "@/lib/format";

/** One session: listen, read, see what was measured. */
export function SessionPage() {
  const { t } = useTranslation();
  const { sessionId } = useParams({ from: "/sessions/$sessionId" });
  const session = useQuery(sessionQuery(sessionId));
  if (session.isPending)
    return <LoadingLines isPage label={t("app.session_page.loading")} lines={3} height={160} />;
  if (session.isError) return <PageError error={session.error} onRetry={() => void session.refetch()} />;
  return <LoadedSession key={sessionId} session={session.data} />;
}

/** The utterance index of an address that ends in #u12. */
function lineOf(hash: string, session: SessionOut): number | null {
  const index = Number(/^u(\d+)$/.exec(hash)?.[1] ?? NaN);
  return index < session.utterances.length ? index : null;
}

function LoadedSession({ session }: { session: SessionOut }) {
  const { t } = useTranslation();
  const search = useSearch({ from: "/sessions/$sessionId" });
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate({ from: "/sessions/$sessionId" });
  const child = useQuery(childQuery(session.child_id));
  const tracks = useQuery({ ...tracksQuery(session.id), enabled: session.has_tracks });
  usePageTitle(
    [child.data?.name, session.date ? formatDate(session.date) : session.source].filter(Boolean).join(", "),
  );
  // Wait for the tracks, so that the waveform is drawn once and right; without them it is decoded here.
  if (session.has_tracks && tracks.isPending)
    return <LoadingLines isPage label={t("app.session_page.recording_loading")} lines={3} height={160} />;
  return (
    <SessionView
      key={hash}
      session={session}
      child={child.data}
      tracks={tracks.data ?? null}
      line={lineOf(hash, session)}
      measure={search.measure ?? null}
      onMeasure={(measure) =>
        void navigate({ search: measure ? { measure } : {}, hash: true, replace: true, resetScroll: false })
      }
    />
  );
}
