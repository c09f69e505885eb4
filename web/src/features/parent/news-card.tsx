import { useTranslation } from "react-i18next";
import type { HomeOut } from "@/api/schema";

/** What is steady or changing, in the sentence that the therapist's account has for families. */
export function NewsCard({ home }: { home: HomeOut }) {
  const { t } = useTranslation();
  const { news, transcripts } = home;
  return (
    <section className="card stack" aria-labelledby="news-title">
      <h2 id="news-title">{t("parent.news.title")}</h2>
      {news ? (
        <p lang="en" dir="auto">
          {news.claims.map((claim) => claim.text).join(" ")}
        </p>
      ) : (
        <p>{t("parent.news.none")}</p>
      )}
      {news && (
        <p className="small quiet">
          {t(news.status === "approved" ? "parent.news.looked_at" : "parent.news.not_looked_at")}
        </p>
      )}
      {transcripts.raw > 0 && (
        <p className="small quiet">{t("parent.news.raw", { count: transcripts.raw })}</p>
      )}
    </section>
  );
}
