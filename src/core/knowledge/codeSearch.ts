import type { SourceId } from '../wording/sources';
import { runtimeOf } from './runtimes';

/*
 * What to look for in the code of a program whose connections are in trouble, as a regular
 * expression for the search of VS Code: it takes what both ripgrep and JavaScript take, is
 * case-sensitive, and looks at one line at a time.
 */

/** What the places do: open, accept or take connections; listen; set or lack timeouts. */
export type CodeTopic = 'open' | 'accept' | 'timeout';

/** A query for VS Code's "Find in Files". */
export interface CodeSearch {
  readonly query: string;
  /** Globs, parted by commas. */
  readonly filesToInclude: string;
  readonly filesToExclude: string;
}

/** What nobody wrote by hand, or runs. */
const EXCLUDED = '*.d.ts,*.min.js';

interface RuntimeCode extends Readonly<Record<CodeTopic, string>> {
  readonly files: string;
  /** What documents the names. */
  readonly sources: readonly [SourceId, ...SourceId[]];
}

const CODE = {
  java: {
    files: '*.java,*.kt,*.scala,*.groovy',
    open: String.raw`\.accept\(\)|\bnew (?:Server)?Socket\(|SocketChannel\.open\(|\.(?:openConnection|openStream|getConnection|borrowObject)\(|\.getResource\(\)|\bHttpClients?\.\w|\bnew (?:OkHttpClient|RestTemplate|HikariDataSource|PoolingHttpClientConnectionManager)\b`,
    accept: String.raw`\bnew ServerSocket\(|ServerSocketChannel\.open\(|\.accept\(\)|\bHttpServer\.create\(|SO_BACKLOG|\b(?:setAcceptCount|setMaxThreads|newFixedThreadPool|newSingleThreadExecutor)\(`,
    timeout: String.raw`\.(?:setSoTimeout|setKeepAlive|setConnectTimeout|setReadTimeout|setSocketTimeout|connectTimeout|readTimeout)\(|SO_KEEPALIVE|\bnew Socket\(|\.openConnection\(|HttpClient\.new\w`,
    sources: ['java-socket', 'java-http-client'],
  },
  go: {
    files: '*.go',
    open: String.raw`\b(?:net|tls)\.(?:Dial|Listen)\w*\(|\.(?:Dial|DialContext|Accept|AcceptTCP|QueryContext|Query)\(|\bhttp\.(?:Get|Post|PostForm|Head|NewRequest\w*|ListenAndServe\w*)\(|\bhttp\.(?:Client|Server|Transport)\{|\bsql\.Open\(|\bgrpc\.(?:Dial|NewClient)\(`,
    accept: String.raw`\b(?:net|tls)\.Listen\w*\(|\.Accept(?:TCP)?\(|\bhttp\.(?:Serve|ListenAndServe)\w*\(|\bhttp\.Server\{`,
    timeout: String.raw`\.Set(?:Read|Write)?Deadline\(|\.SetKeepAlive\w*\(|\b(?:Dial|Read|Write|Idle|ReadHeader|TLSHandshake|ResponseHeader|IdleConn)?Timeout:|\bnet\.Dial\w*\(|\bhttp\.(?:Client|Server|Transport|DefaultClient)\b|\bhttp\.(?:Get|Post|ListenAndServe)\w*\(`,
    sources: ['go-net', 'go-net-http'],
  },
  node: {
    files: '*.js,*.mjs,*.cjs,*.ts,*.mts,*.cts',
    open: String.raw`(?:^|[^.\w])(?:net|tls|https?|http2)\.(?:connect|createConnection|createServer|createSecureServer|request|get)\(|\ballowHalfOpen\b|\bnew (?:https?\.)?Agent\(|\bnew (?:net\.)?(?:Server|Socket)\(|\b(?:createPool|getConnection|pool\.connect)\(|\bnew (?:pg\.)?Pool\(|\bawait fetch\(`,
    accept: String.raw`\b(?:net|tls|https?|http2)\.(?:createServer|createSecureServer)\(|\.listen\(|\bmaxConnections\b|\bbacklog:`,
    timeout: String.raw`\.(?:setTimeout|setKeepAlive)\(\w|\b(?:keepAliveTimeout|headersTimeout|requestTimeout|keepAliveMsecs|connectTimeout|socketTimeout)\b|\bAbortSignal\.timeout\(|\b(?:net|tls)\.(?:connect|createConnection)\(`,
    sources: ['nodejs-net', 'nodejs-http'],
  },
  python: {
    files: '*.py',
    open: String.raw`\bsocket\.(?:socket|create_connection|create_server)\(|\.accept\(\)|\b(?:requests|httpx)\.(?:get|post|put|patch|delete|head|request|Session|Client|AsyncClient)\(|\bClientSession\(|\burlopen\(|\bHTTPS?Connection\(|\basyncio\.(?:open_connection|start_server)\(|\.getconn\(|\bcreate_engine\(|\b(?:psycopg2?|pymysql|MySQLdb)\.connect\(`,
    accept: String.raw`\.(?:listen|accept)\(|\bsocket\.create_server\(|\basyncio\.start_server\(|\bsocketserver\.\w|\bHTTPServer\(|\brequest_queue_size\b|\bserve_forever\(`,
    timeout: String.raw`\.settimeout\(|\bsetdefaulttimeout\(|\btimeout=|SO_KEEPALIVE|\bsocket\.create_connection\(|\b(?:requests|httpx)\.(?:get|post|put|request)\(|\burlopen\(`,
    sources: ['python-socket', 'python-requests'],
  },
  dotnet: {
    files: '*.cs,*.fs,*.vb',
    open: String.raw`\b[nN]ew (?:HttpClient|TcpClient|TcpListener|Socket|ClientWebSocket|SocketsHttpHandler|HttpClientHandler|\w{1,20}Connection)\(|\b(?:HttpClient|TcpClient|Socket|\w{1,20}Connection) \w{1,40} = new\(|\.Accept(?:TcpClient|Socket)?(?:Async)?\(|\bWebRequest\.Create|HttpCompletionOption\.ResponseHeadersRead`,
    accept: String.raw`\b[nN]ew TcpListener\(|\.Accept(?:TcpClient|Socket)?(?:Async)?\(|\.Listen\(|\.Start\(\d|\b(?:Backlog|MaxConcurrentConnections|ListenAnyIP)\b`,
    timeout: String.raw`\b(?:ReceiveTimeout|SendTimeout|ConnectTimeout|PooledConnectionLifetime|PooledConnectionIdleTimeout|KeepAliveTimeout|RequestHeadersTimeout)\b|\.Timeout = |SocketOptionName\.KeepAlive|\b[nN]ew (?:HttpClient|TcpClient|Socket)\(`,
    sources: ['dotnet-httpclient', 'dotnet-sockets', 'dotnet-handler'],
  },
  nginx: {
    files: 'nginx*.conf,*.nginx,**/nginx/**,**/conf.d/*.conf,**/sites-*/*',
    open: String.raw`\b(?:proxy_pass|fastcgi_pass|grpc_pass|uwsgi_pass|upstream|keepalive(?:_timeout|_requests)?|proxy_http_version|worker_connections) |\bproxy_set_header +(?:Connection|Upgrade) `,
    accept: String.raw`\b(?:listen|worker_processes|worker_connections|multi_accept|accept_mutex) |\bbacklog=`,
    timeout: String.raw`\b\w{1,40}_timeout |\bso_keepalive=|\bproxy_socket_keepalive `,
    // Also nginx.org/en/docs/http/ngx_http_proxy_module.html and ngx_http_upstream_module.html.
    sources: ['nginx-core'],
  },
} as const satisfies Readonly<Record<string, RuntimeCode>>;

type CodeRuntime = keyof typeof CODE;

const RUNTIMES = Object.keys(CODE) as readonly CodeRuntime[];

/** What a program's code is written in, by its name; null where the name does not tell. */
function codeOf(process: string | null): CodeRuntime | null {
  if (process !== null && /^nginx\b/i.test(process)) {
    return 'nginx';
  }
  const runtime = runtimeOf(process);
  return RUNTIMES.find(one => one === runtime) ?? null;
}

/** Where a name tells no runtime: nginx has a name, and its words stand in texts of all kinds. */
const UNKNOWN = RUNTIMES.filter(runtime => runtime !== 'nginx');

/** What to look for in the code of a program; in that of every runtime where its name tells none. */
export function codeSearch(topic: CodeTopic, process: string | null): CodeSearch {
  const known = codeOf(process);
  const all = (known === null ? UNKNOWN : [known]).map((runtime): RuntimeCode => CODE[runtime]);
  return {
    query: all.map(code => code[topic]).join('|'),
    filesToInclude: all.map(({ files }) => files).join(','),
    filesToExclude: EXCLUDED,
  };
}
