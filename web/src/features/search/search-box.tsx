import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface SearchBoxProps {
  text: string;
  isBusy: boolean;
  onSearch: (text: string) => void;
}

/** What is looked for. */
export function SearchBox({ text, isBusy, onSearch }: SearchBoxProps) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(text);
  return (
    <form
      role="search"
      className="row"
      style={{ alignItems: "flex-end" }}
      onSubmit={(event) => {
        event.preventDefault();
        if (written.trim()) onSearch(written.trim());
      }}
    >
      <TextInput
        style={{ flex: "1 1 16rem" }}
        type="search"
        label={t("search.label")}
        placeholder={t("search.example")}
        value={written}
        onChange={(event) => {
          setWritten(event.currentTarget.value);
        }}
        maxLength={500}
        dir="auto"
      />
      <Button type="submit" loading={isBusy} disabled={!written.trim()}>
        {t("search.search")}
      </Button>
    </form>
  );
}
