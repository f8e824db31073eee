/** The dead-letter queues of a deployment, as a person names them: events of bounces and complaints, and announcements of mail. */
export const QUEUES = ["bounces", "complaints", "mail"] as const;
export type QueueName = (typeof QUEUES)[number];
