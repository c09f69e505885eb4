import { createContext, useContext } from "react";

/** The language of what is said in the session that is shown, as a page tells it: screen readers speak it so. */
export const Spoken = createContext<string | undefined>(undefined);

export const useSpoken = () => useContext(Spoken);
