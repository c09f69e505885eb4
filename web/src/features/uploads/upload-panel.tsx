import { DraftCard } from "@/features/uploads/draft-card";
import { DropZone } from "@/features/uploads/drop-zone";
import { JobList } from "@/features/uploads/job-list";
import { useDrafts } from "@/features/uploads/use-drafts";

/** New sessions: files in, progress, results. */
export function UploadPanel({ childId }: { childId: string }) {
  const drafts = useDrafts();
  return (
    <section className="card stack" aria-labelledby="upload-title">
      <h2 id="upload-title">Add a session</h2>
      <JobList childId={childId} />
      {drafts.drafts.length > 0 && (
        <ul className="plain stack" aria-label="Ready to add">
          {drafts.drafts.map((draft) => (
            <DraftCard key={draft.id} childId={childId} draft={draft} drafts={drafts} />
          ))}
        </ul>
      )}
      {drafts.refused.length > 0 && (
        <p role="alert" dir="auto">
          {drafts.refused.join(", ")}: not a transcript or recording that can be read. Use .cha or .json for
          transcripts; wav, mp3, m4a, ogg, opus, flac, mp4, webm or mov for recordings.
        </p>
      )}
      <DropZone onFiles={drafts.add} />
    </section>
  );
}
