let token: Promise<string> | undefined;

/** Stands for the login of your app. */
async function logIn(): Promise<string> {
  const response = await fetch('/login', { method: 'POST' });
  if (!response.ok) throw new Error(`The login failed: ${String(response.status)}`);
  return response.text();
}

/** `fetch` with the user's token in a header. ChatKit calls it for each request to the server. */
export const fetchAsUser: typeof fetch = async (input, init) => {
  token ??= logIn();
  const headers = new Headers(init?.headers);
  try {
    headers.set('authorization', `Bearer ${await token}`);
  } catch (error) {
    token = undefined; // the next request tries again
    throw error;
  }
  return fetch(input, { ...init, headers });
};
