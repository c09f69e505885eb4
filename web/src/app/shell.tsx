import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useActor, useMay } from "@/api/get-access";
import { Icon } from "@/components/icons";
import { Account } from "@/app/account";
import { LanguageMenu } from "@/app/language-menu";
import classes from "@/app/shell.module.css";
import { SignIn } from "@/features/access/sign-in-form";
import { useSignedOut } from "@/lib/access";

/** Open to whoever holds the link, signed in or not. */
export const INVITATION_PATH = "/invitation";

/** What surrounds every page: skip link, brand, colour scheme. */
export function Shell() {
  const { t } = useTranslation();
  const signedOut = useSignedOut();
  const actor = useActor();
  const may = useMay();
  const hasAccount = actor !== null && actor.role !== "owner" && !signedOut;
  const isInvitation = useLocation({ select: (location) => location.pathname === INVITATION_PATH });
  const main = useFocusOnNewPage(signedOut);
  return (
    <>
      <a href="#main" className={classes.skip}>
        {t("app.skip")}
      </a>
      <header className={classes.bar}>
        <div className={classes.header}>
          <Link to="/" className={classes.brand}>
            <img src="/icon.svg" alt="" width={26} height={26} />
            <span className={hasAccount ? classes.long : undefined}>{t("app.name")}</span>
          </Link>
          <div className={classes.tools}>
            {hasAccount && may("manage_accounts") && <Link to="/people">{t("app.people")}</Link>}
            {hasAccount && <Account actor={actor} />}
            <div className={classes.icons}>
              <LanguageMenu />
              <ColorSchemeButton />
            </div>
          </div>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        {signedOut && !isInvitation ? <SignIn /> : <Outlet />}
      </main>
    </>
  );
}

/** A new page begins at its top for keyboard and screen reader too, also the one after signing in; the first is left alone. */
function useFocusOnNewPage(signedOut: boolean) {
  const path = useLocation({ select: (location) => location.pathname });
  const before = useRef({ path, signedOut });
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    const isNew = before.current.path !== path || (before.current.signedOut && !signedOut);
    if (isNew) main.current?.focus({ preventScroll: true });
    before.current = { path, signedOut };
  }, [path, signedOut]);
  return main;
}

function ColorSchemeButton() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  const label = t(dark ? "app.light" : "app.dark");
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        onClick={() => {
          setColorScheme(dark ? "light" : "dark");
        }}
      >
        <Icon name={dark ? "sun" : "moon"} />
      </ActionIcon>
    </Tooltip>
  );
}
