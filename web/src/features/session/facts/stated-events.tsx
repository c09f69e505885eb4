import { useTranslation } from "react-i18next";
import type { StatedEventOut } from "@/api/schema";
import { lineWords } from "@/components/evidence";
import classes from "@/features/session/facts/facts.module.css";
import { formatClock } from "@/lib/format";
import type en from "@/texts/en/facts.json";

/** Of sdc.measures.stated_events. */
type Name = keyof (typeof en)["event_names"];

interface StatedEventsProps {
  events: StatedEventOut[];
  nameOf: (code: string) => string;
  onLine: (utterance: number) => void;
}

/** What the transcript states that somebody did with the voice, each with its line; nothing is read into it. */
export function StatedEvents({ events, nameOf, onLine }: StatedEventsProps) {
  const { t } = useTranslation();
  if (events.length === 0) return null;
  return (
    <details className="card">
      <summary>{t("facts.events", { count: events.length })}</summary>
      <ul className="plain">
        {events.map((event, i) => (
          <li key={i} className={classes.measure}>
            <span>
              {nameOf(event.speaker)}: {t(`facts.event_names.${event.name as Name}`, event.text)}
              {event.text !== event.name && <bdi className="chat quiet"> {event.text}</bdi>}
            </span>
            <button
              type="button"
              className={classes.title}
              onClick={() => {
                onLine(event.utterance);
              }}
            >
              {event.start_ms === null ? "" : `${formatClock(event.start_ms / 1000)}, `}
              {lineWords(event.utterance)}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
