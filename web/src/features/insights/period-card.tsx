import { SegmentedControl } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import type { InsightOut, PeriodOut } from "@/api/schema";
import { kindTitle } from "@/components/insight-kinds";
import { Review, type Place } from "@/components/review-insight";
import { ErrorState, LoadingLines } from "@/components/states";
import { ActivityCard } from "@/features/insights/activity-card";
import { periodQuery, type Period, type Voice } from "@/features/insights/get-period";
import { PeriodChoice } from "@/features/insights/period-choice";
import { Told } from "@/features/insights/told";
import { RestsOn, Waiting } from "@/features/insights/waiting";

/** The account of all sessions or of a period, for the therapist or the family, and one thing to try at home. */
export function PeriodCard({ childId }: { childId: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const canReview = may("approve_insight");
  const [chosen, setChosen] = useState<Voice>("slp");
  const [span, setSpan] = useState<Period>({});
  const voice = canReview ? chosen : "parent";
  const period = useQuery({ ...periodQuery(childId, voice, span), placeholderData: keepPreviousData });
  const place: Place = { voice, ...span };
  const idea = period.data?.insights.find((insight) => insight.kind === "idea");
  return (
    <>
      <section className="card stack" id="insights" aria-labelledby="period-title">
        <div className="row" style={{ justifyContent: "space-between" }}>
          <h2 id="period-title">{t("insights.title")}</h2>
          {canReview && <VoiceChoice value={chosen} onChange={setChosen} />}
        </div>
        <PeriodChoice period={span} onChange={setSpan} />
        {period.isPending && <LoadingLines label={t("insights.loading")} lines={8} />}
        {period.isError && <ErrorState error={period.error} onRetry={() => void period.refetch()} />}
        {period.data && !period.isError && (
          <Account childId={childId} account={period.data} place={place} canReview={canReview} />
        )}
        {canReview && voice === "parent" && (
          <Link to="/children/$childId/family" params={{ childId }} className="small">
            {t("insights.family_page")}
          </Link>
        )}
      </section>
      {period.data?.activity && !period.isError && (
        <ActivityCard childId={childId} activity={period.data.activity}>
          {canReview && idea && <Review childId={childId} insight={idea} place={place} />}
        </ActivityCard>
      )}
    </>
  );
}

interface AccountProps {
  childId: string;
  account: PeriodOut;
  place: Place;
  canReview: boolean;
}

/** What is told, by kind; who reviews sees how much waits. */
function Account({ childId, account, place, canReview }: AccountProps) {
  const [isOnly, setOnly] = useState(false);
  const all = account.insights.filter((i) => i.status !== "dismissed" && (canReview || !i.is_outdated));
  const waiting = all.filter(waits);
  const told = (isOnly && waiting.length > 0 ? waiting : all).filter((i) => i.kind !== "idea");
  const kinds = [...new Set(told.map((insight) => insight.kind))];
  return (
    <>
      {canReview ? (
        <>
          <RestsOn transcripts={account.transcripts} />
          <Waiting n={waiting.length} isOnly={isOnly} onOnly={setOnly} />
        </>
      ) : (
        <FamilyNote account={account} />
      )}
      {kinds.map((kind) => (
        <section key={kind} aria-label={kindTitle(kind)}>
          <h3 className="small quiet">{kindTitle(kind)}</h3>
          {told
            .filter((insight) => insight.kind === kind)
            .map((insight) => (
              <Told key={`${place.voice}.${insight.key}`} childId={childId} insight={insight} place={place} />
            ))}
        </section>
      ))}
    </>
  );
}

/** For a family: what carries no mark has not been looked at yet. */
function FamilyNote({ account }: { account: PeriodOut }) {
  const { t } = useTranslation();
  const { raw } = account.transcripts;
  return (
    <p className="small quiet">
      {t("parent.account_note")} {raw > 0 && t("parent.news.raw", { count: raw })}
    </p>
  );
}

/** Nobody has decided, or the figures have changed since. */
const waits = (insight: InsightOut): boolean => insight.status === "draft" || insight.is_outdated === true;

interface VoiceChoiceProps {
  value: Voice;
  onChange: (voice: Voice) => void;
}

function VoiceChoice({ value, onChange }: VoiceChoiceProps) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("insights.reader")}
      value={value}
      onChange={(voice) => {
        onChange(voice as Voice);
      }}
      data={[
        { value: "slp", label: t("insights.readers.slp") },
        { value: "parent", label: t("insights.readers.parent") },
      ]}
    />
  );
}
