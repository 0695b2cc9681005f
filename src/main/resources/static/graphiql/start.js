// The credential goes into the header editor and is kept nowhere.
const start = `# Put your API key or an account token behind "Bearer" in the Headers tab below.

query BillingPage {
  account(key: "acme") {
    name
    subscription {
      plan { key name }
      seats { bought used }
      period { from until }
      recurring { formatted }
    }
    meters { feature { name unit } used limit percent level }
    quote(change: { plan: "launchpad-pro" }) {
      ... on Quote { dueNow { formatted } lines { description fraction amount { formatted } } expiresAt }
      ... on ChangeNotAllowed { rule reason }
    }
  }
}
`;
// Shorter than any credential: somebody is still typing.
const unfinished = 40;

function credentialIn(headers) {
  try {
    const credential = JSON.parse(headers).Authorization ?? '';
    return credential.length < unfinished ? '' : credential;
  } catch {
    return '';
  }
}

// Subscriptions go over a WebSocket, which carries no headers: the credential opens it.
function fetcherWith(credential) {
  return GraphiQL.createFetcher({
    url: '/graphql',
    subscriptionUrl: location.origin.replace(/^http/, 'ws') + '/graphql',
    wsConnectionParams: { Authorization: credential }
  });
}

// The schema is asked for with the headers, so only once there is a credential; another fetcher makes GraphiQL ask again.
function Explorer() {
  const [credential, enter] = React.useState('');
  const fetcher = React.useMemo(() => fetcherWith(credential), [credential]);
  return React.createElement(GraphiQL, {
    fetcher,
    schema: credential ? undefined : null,
    defaultQuery: start,
    defaultHeaders: '{\n  "Authorization": "Bearer "\n}',
    defaultEditorToolsVisibility: 'headers',
    shouldPersistHeaders: false,
    onEditHeaders: headers => enter(credentialIn(headers))
  });
}

ReactDOM.createRoot(document.getElementById('graphiql')).render(React.createElement(Explorer));
