import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "@/components/icons";
import { chooseLanguage } from "@/texts";
import { LANGUAGES, type Language } from "@/texts/languages";

/** The language of the dashboard's own words; each is named in itself, for who reads no other. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const [hasFailed, setFailed] = useState(false);
  const choose = (language: string) => {
    setFailed(false);
    chooseLanguage(language as Language).catch(() => {
      setFailed(true);
    });
  };
  return (
    <>
      {hasFailed && (
        <span role="alert" className="small">
          {t("app.language_failed")}
        </span>
      )}
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("app.language")}>
            <Icon name="globe" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={i18n.language} onChange={choose}>
            {Object.entries(LANGUAGES).map(([language, name]) => (
              <Menu.RadioItem key={language} value={language} lang={language} closeMenuOnClick>
                {name}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
