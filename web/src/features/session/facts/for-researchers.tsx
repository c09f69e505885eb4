import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/get-access";
import { LoadingLines } from "@/components/states";
import classes from "@/features/session/facts/facts.module.css";
import { LabelScores } from "@/features/session/facts/label-scores";
import { voiceLabelsQuery } from "@/features/session/get-voice-labels";

interface ForResearchersProps {
  session: string;
  /** Whether the chosen measure lies in here. */
  holdsChosen: boolean;
  children: ReactNode;
}

/** What only researchers are told, behind a fold that is closed at first. */
export function ForResearchers({ session, holdsChosen, children }: ForResearchersProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const may = useMay();
  const open = opened || holdsChosen;
  return (
    <details
      open={open}
      onToggle={(event) => {
        setOpened(event.currentTarget.open);
      }}
    >
      <summary className={classes.summary}>
        <h3 className={classes.family}>{t("facts.researchers")}</h3>
      </summary>
      {open && (
        <>
          <p className="small quiet">{t("facts.researchers_why")}</p>
          {children}
          {may("see_voice_labels") && <VoiceLabels session={session} />}
        </>
      )}
    </details>
  );
}

/** An experimental classifier's scores, where the session has some. */
function VoiceLabels({ session }: { session: string }) {
  const { t } = useTranslation();
  const labels = useQuery(voiceLabelsQuery(session));
  if (labels.isPending) return <LoadingLines label={t("facts.labels_loading")} lines={1} />;
  return labels.data ? <LabelScores labels={labels.data} /> : null;
}
