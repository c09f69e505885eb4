import { PasswordInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

export const MIN_PASSWORD = 12;

interface NewPasswordProps {
  value: string;
  onChange: (password: string) => void;
}

/** A new password, twice; the form cannot be sent while the two differ. */
export function NewPassword({ value, onChange }: NewPasswordProps) {
  const { t } = useTranslation();
  const [again, setAgain] = useState("");
  const differs = again !== "" && again !== value;
  return (
    <>
      <PasswordInput
        label={t("access.new_password.label")}
        description={t("access.new_password.hint", { min: MIN_PASSWORD })}
        autoComplete="new-password"
        minLength={MIN_PASSWORD}
        maxLength={200}
        required
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
        visibilityToggleButtonProps={{ "aria-label": t("access.new_password.show") }}
      />
      <PasswordInput
        label={t("access.new_password.again")}
        autoComplete="new-password"
        required
        value={again}
        // The browser's own check keeps the form back, in the person's language settings.
        ref={(field) => field?.setCustomValidity(again === value ? "" : t("access.new_password.differs"))}
        error={differs ? t("access.new_password.differs") : undefined}
        onChange={(event) => {
          setAgain(event.currentTarget.value);
        }}
        visibilityToggleButtonProps={{ "aria-label": t("access.new_password.show_again") }}
      />
    </>
  );
}
