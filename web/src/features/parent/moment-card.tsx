import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { HomeOut, MomentOut } from "@/api/schema";
import { Icon } from "@/components/icons";
import classes from "@/features/parent/parent.module.css";
import { useMoment } from "@/features/parent/use-moment";
import { formatDate } from "@/lib/format";

/** Words of the child's from the newest recording, to be heard where the family lets it be kept. */
export function MomentCard({ home }: { home: HomeOut }) {
  const { t } = useTranslation();
  const { moment } = home;
  return (
    <section className={`card stack ${classes.moment}`} aria-labelledby="moment-title">
      <h2 id="moment-title">{t("parent.moment.title")}</h2>
      {moment ? <Quote name={home.name} moment={moment} /> : <p>{t("parent.moment.none")}</p>}
      <details>
        <summary className="small">{t("parent.moment.why")}</summary>
        <p className="small">{t("parent.moment.rule")}</p>
      </details>
    </section>
  );
}

function Quote({ name, moment }: { name: string; moment: MomentOut }) {
  const { t } = useTranslation();
  return (
    <>
      <figure className={classes.figure}>
        <blockquote className={classes.quote} dir="auto">
          “{moment.words}”
        </blockquote>
        <figcaption className="quiet">
          {t(moment.date ? "parent.moment.said_on" : "parent.moment.said", {
            name,
            date: formatDate(moment.date),
          })}
        </figcaption>
      </figure>
      {moment.media_url && moment.start_ms !== null && moment.end_ms !== null && (
        <Play name={name} url={moment.media_url} start_ms={moment.start_ms} end_ms={moment.end_ms} />
      )}
      {moment.silence && <p className="small quiet">{t(`parent.moment.silence.${moment.silence}`)}</p>}
      <p className="small quiet">{t(`parent.moment.words.${moment.transcript}`)}</p>
      <Link
        to="/sessions/$sessionId"
        params={{ sessionId: moment.session }}
        hash={`u${moment.utterance}`}
        search={{}}
        className="small"
      >
        {t("parent.moment.open")}
      </Link>
    </>
  );
}

interface PlayProps {
  name: string;
  url: string;
  start_ms: number;
  end_ms: number;
}

function Play({ name, url, start_ms, end_ms }: PlayProps) {
  const { t } = useTranslation();
  const { isPlaying, hasFailed, toggle } = useMoment(url, start_ms, end_ms);
  return (
    <>
      <Button
        size="lg"
        leftSection={<Icon name={isPlaying ? "pause" : "play"} />}
        onClick={toggle}
        className={classes.play}
      >
        {t(isPlaying ? "parent.moment.stop" : "parent.moment.play", { name })}
      </Button>
      {hasFailed && <p role="alert">{t("parent.moment.failed")}</p>}
    </>
  );
}
