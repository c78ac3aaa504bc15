/** Whether it can be an e-mail address; whether it exists only a mail would show. The server looks again. */
export const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@"<>()[\],;:\\]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text)

/** Whether it can be the domain of e-mail addresses. */
export const isDomain = (text: string): boolean =>
  text.length <= 253 && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text)
