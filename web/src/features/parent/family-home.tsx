import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import type { HomeOut } from "@/api/schema";
import { usePageTitle } from "@/components/page-title";
import { LoadingLines, PageError } from "@/components/states";
import { AgreedCard } from "@/features/parent/agreed-card";
import { homeQuery } from "@/features/parent/get-home";
import { MomentCard } from "@/features/parent/moment-card";
import { MoreLinks } from "@/features/parent/more-links";
import { NewsCard } from "@/features/parent/news-card";
import classes from "@/features/parent/parent.module.css";
import { QuestionsCard } from "@/features/parent/questions-card";
import { TryCard } from "@/features/parent/try-card";
import { formatDate } from "@/lib/format";
import { texts } from "@/texts";

/** A family's page: their child, for a phone first. */
export function FamilyHome({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const home = useQuery(homeQuery(childId));
  usePageTitle(home.data?.name);
  if (home.isPending) return <LoadingLines isPage label={t("parent.loading")} lines={3} height={140} />;
  if (home.isError) return <PageError error={home.error} onRetry={() => void home.refetch()} />;
  return (
    <div className={classes.page}>
      <header>
        <h1 style={{ overflowWrap: "anywhere" }}>
          <bdi>{home.data.name}</bdi>
        </h1>
        <p className="quiet">{latestWords(home.data)}</p>
      </header>
      {home.data.n_sessions > 0 && <Cards home={home.data} />}
      <MoreLinks home={home.data} />
      <Agreed childId={childId} />
    </div>
  );
}

function Cards({ home }: { home: HomeOut }) {
  return (
    <>
      <MomentCard home={home} />
      <NewsCard home={home} />
      <TryCard home={home} />
      <QuestionsCard home={home} />
    </>
  );
}

function Agreed({ childId }: { childId: string }) {
  const may = useMay();
  return may("see_consent") ? <AgreedCard childId={childId} /> : null;
}

function latestWords(home: HomeOut): string {
  if (home.n_sessions === 0) return texts.t("parent.no_sessions");
  const recordings = texts.t("parent.recordings", { count: home.n_sessions });
  return home.last_date
    ? texts.t("parent.latest", { recordings, date: formatDate(home.last_date) })
    : recordings;
}
