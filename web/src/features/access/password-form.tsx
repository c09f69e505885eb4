import { Button, PasswordInput, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { ErrorState } from "@/components/states";
import { usePasswordSignIn } from "@/features/access/sign-in";

/** In a clinic: name and password. */
export function PasswordForm() {
  const signIn = usePasswordSignIn();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ name: String(form.get("name")).trim(), password: String(form.get("password")) });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>These are children&apos;s recordings: only the people who work with a child may look.</p>
      <TextInput
        name="name"
        label="Name"
        description="Usually your e-mail address."
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        required
      />
      <PasswordInput
        name="password"
        label="Password"
        autoComplete="current-password"
        maxLength={1000}
        required
        visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
      />
      {signIn.isError && <ErrorState error={signIn.error} />}
      <div>
        <Button type="submit" loading={signIn.isPending}>
          Sign in
        </Button>
      </div>
      <p className="quiet small">
        Lost your password? Whoever runs this server can send you a new invitation.
      </p>
    </form>
  );
}
