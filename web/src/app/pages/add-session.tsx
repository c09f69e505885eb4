import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "@/api/get-access";
import type { PurposeOut } from "@/api/schema";
import { ConsentDialog } from "@/features/consents/consent-dialog";
import { consentsQuery } from "@/api/get-consents";
import type { KeepingConsent } from "@/features/uploads/recorder/recorder";
import { UploadPanel } from "@/features/uploads/upload-panel";

function stateOf(purpose: PurposeOut | undefined): KeepingConsent["state"] {
  if (purpose?.is_granted) return "granted";
  return purpose?.history.length ? "withdrawn" : "unsaid";
}

/** New sessions, with what the family says to keeping recordings beside the microphone. */
export function AddSession({ childId }: { childId: string }) {
  const may = useMay();
  const consents = useQuery({ ...consentsQuery(childId), enabled: may("see_consent") });
  const [asking, setAsking] = useState(false);
  const purpose = consents.data?.find((one) => one.purpose === "store_recording");
  const ask = () => {
    setAsking(true);
  };
  return (
    <>
      <UploadPanel
        childId={childId}
        consent={
          consents.isLoading
            ? null
            : { state: stateOf(purpose), ask: purpose && may("manage_consent") ? ask : undefined }
        }
      />
      {asking && purpose && (
        <ConsentDialog
          childId={childId}
          purpose={purpose}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
