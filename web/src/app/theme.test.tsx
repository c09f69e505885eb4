import { Drawer, MantineProvider, Modal } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { theme } from "@/app/theme";

test.each([
  ["dialog", Modal],
  ["panel at the side", Drawer],
])("a %s is no second banner of the page", (_, Dialog) => {
  render(
    <MantineProvider env="test" theme={theme}>
      <Dialog opened onClose={() => undefined} title="Add a child">
        …
      </Dialog>
    </MantineProvider>,
  );
  expect(screen.getByRole("dialog", { name: "Add a child" })).toBeTruthy();
  expect(screen.getByText("Add a child").closest("header")).not.toBeNull();
  expect(screen.queryByRole("banner")).toBeNull();
});
