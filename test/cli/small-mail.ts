/** A small mail; the subject tells it from others. */
export function mail(subject: string, text = "Hello"): string {
  return `From: ops@acme.example\r\nTo: desk@example.com\r\nSubject: ${subject}\r\n\r\n${text}\r\n`;
}
