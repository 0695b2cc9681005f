// The credential goes into the header editor and is kept nowhere.
const start = `# Put your API key or an account token into the Headers tab below:
#   { "Authorization": "Bearer hr_…" }

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
ReactDOM.createRoot(document.getElementById('graphiql')).render(React.createElement(GraphiQL, {
  fetcher: GraphiQL.createFetcher({ url: '/graphql' }),
  defaultQuery: start,
  defaultHeaders: '{\n  "Authorization": "Bearer "\n}',
  defaultEditorToolsVisibility: 'headers',
  shouldPersistHeaders: false
}));
