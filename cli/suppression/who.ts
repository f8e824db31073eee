import { userInfo } from "node:os";

/** Who works here, as the operating system calls them. */
export function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may have no name for its user.
    return "unknown";
  }
}
