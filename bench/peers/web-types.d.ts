import type { TextDecoder as NodeTextDecoder, TextEncoder as NodeTextEncoder } from "node:util";

// The types of postal-mime name two classes of browsers that Node has, too, but whose types it does not declare globally.
declare global {
  interface TextEncoder extends NodeTextEncoder {}
  interface TextDecoder extends NodeTextDecoder {}
}
