import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { Icon } from "@/components/icons";
import { ACCEPTED } from "@/features/uploads/drafts";
import classes from "@/features/uploads/uploads.module.css";

/** Files come in by drop or by the file chooser. */
export function DropZone({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    // The button inside does the same for keyboard and screen reader.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={classes.zone}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles(event.dataTransfer.files);
      }}
    >
      <Icon name="upload" size={24} />
      <p>Drop recordings and transcripts here</p>
      <Button variant="default" onClick={() => input.current?.click()}>
        Choose files
      </Button>
      <p className="small quiet">
        CHAT (.cha), Whisper JSON, audio or video. A transcript and its recording go together.
      </p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label="Files to upload"
        onChange={(event) => {
          onFiles(event.currentTarget.files ?? []);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
