/**
 * Whether a text fits a pattern of IAM, where `*` is any text and `?` any character.
 *
 * What does not fit is tried again one character later from the last star on, never from one before: it takes no more steps than the length of
 * the text times that of the pattern.
 */
export function isLike(text: string, pattern: string): boolean {
  let [at, next] = [0, 0];
  let star: { readonly after: number; readonly from: number } | undefined;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === "*") {
      next += 1;
      star = { after: next, from: at };
    } else if (wanted === "?" || wanted === text[at]) [at, next] = [at + 1, next + 1];
    else if (star === undefined) return false;
    else {
      star = { after: star.after, from: star.from + 1 };
      [at, next] = [star.from, star.after];
    }
  }
  return /^\**$/.test(pattern.slice(next));
}
