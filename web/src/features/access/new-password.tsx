import { PasswordInput } from "@mantine/core";
import { useState } from "react";

export const MIN_PASSWORD = 12;

interface NewPasswordProps {
  value: string;
  onChange: (password: string) => void;
}

/** A new password, twice; the form cannot be sent while the two differ. */
export function NewPassword({ value, onChange }: NewPasswordProps) {
  const [again, setAgain] = useState("");
  const differs = again !== "" && again !== value;
  return (
    <>
      <PasswordInput
        label="New password"
        description={`At least ${MIN_PASSWORD} characters. Three or four words that do not belong together are easy to keep in mind.`}
        autoComplete="new-password"
        minLength={MIN_PASSWORD}
        maxLength={200}
        required
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
        visibilityToggleButtonProps={{ "aria-label": "Show the new password" }}
      />
      <PasswordInput
        label="The same once more"
        autoComplete="new-password"
        required
        value={again}
        // The browser's own check keeps the form back, in the person's language settings.
        ref={(field) => field?.setCustomValidity(again === value ? "" : "The two passwords differ.")}
        error={differs ? "The two passwords differ." : undefined}
        onChange={(event) => {
          setAgain(event.currentTarget.value);
        }}
        visibilityToggleButtonProps={{ "aria-label": "Show the repeated password" }}
      />
    </>
  );
}
