import { useTranslation } from "react-i18next";
import type { SessionSummaryOut } from "@/api/schema";
import { Icon, type IconName } from "@/components/icons";

type State = SessionSummaryOut["transcript"];

const ICONS: Record<State, IconName> = { reviewed: "check", handed_in: "text", raw: "unsure" };

/** On what kind of transcript everything of a session rests: reviewed, handed in, or made by a recogniser. */
export function TranscriptState({ state }: { state: State }) {
  const { t } = useTranslation();
  return (
    <span
      title={t(`review.states_explained.${state}`)}
      style={{ display: "inline-flex", alignItems: "center", gap: "0.3rem" }}
    >
      <Icon name={ICONS[state]} size={15} />
      {t(`review.states.${state}`)}
    </span>
  );
}
