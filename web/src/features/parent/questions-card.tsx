import { useTranslation } from "react-i18next";
import type { HomeOut } from "@/api/schema";
import classes from "@/features/parent/parent.module.css";

/** What to ask at the next appointment. */
export function QuestionsCard({ home }: { home: HomeOut }) {
  const { t } = useTranslation();
  if (home.questions.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="questions-title">
      <h2 id="questions-title">{t("parent.questions.title")}</h2>
      <ul className={classes.steps} lang="en">
        {home.questions.map((question) => (
          <li key={question.key} dir="auto">
            {question.claims.map((claim) => claim.text).join(" ")}
          </li>
        ))}
      </ul>
    </section>
  );
}
