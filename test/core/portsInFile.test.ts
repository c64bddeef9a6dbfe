import assert from 'node:assert/strict';

import { portsInFile } from '../../src/shared/portsInFile';
import { processorTime } from './processorTime';

/** Ports with their lines, counted from 1. */
function ports(path: string, text: string): string[] {
  return portsInFile(path, text).map(({ port, line }) => `${line + 1}:${port}`);
}

const COMPOSE = `services:
  orders:
    image: registry.example:5000/orders:17
    ports:
      - "8080:80"
      - 127.0.0.1:9229:9229/tcp
      - "[::1]:7000:7000"
      - target: 8443
        published: "443"
    environment:
      - DB_PORT=5432
      DB_URL: postgres://orders@db:5433/orders
      # - "1234:1234"
      RETRIES: 3000
  redis:
    image: redis:7
    mem_limit: 512
`;

describe('ports in the files of a workspace', () => {
  it('of compose', () => {
    assert.deepEqual(
      ports('deploy/docker-compose.yml', COMPOSE.replace('registry.example:5000/', '')),
      [...['5:8080', '5:80', '6:9229', '7:7000', '8:8443', '9:443', '11:5432', '12:5433']],
    );
  });

  it('of Kubernetes', () => {
    const text = `apiVersion: v1
kind: Service
spec:
  replicas: 3
  ports:
    - port: 80
      targetPort: 8080
      nodePort: 30080
      name: http
    - containerPort: 9090 # metrics
`;
    assert.deepEqual(ports('k8s/service.yaml', text), ['6:80', '7:8080', '8:30080', '10:9090']);
  });

  it('of .env', () => {
    const text = `PORT=8080
export ADMIN_PORT="9090"
DATABASE_URL=postgres://u:5@db.example:5432/orders
KAFKA_BROKERS=k1:9092,k2:9093
VERSION=1.2:3
TIMEOUT=3000
#OLD_PORT=1
PORTION=77
`;
    assert.deepEqual(ports('.env', text), ['1:8080', '2:9090', '3:5432', '4:9092', '4:9093']);
    assert.deepEqual(ports('config/.env.local', 'PORT=1\r\nX_PORT=2\r\n'), ['1:1', '2:2']);
  });

  it('of application.yml and application.properties', () => {
    assert.deepEqual(
      ports('src/main/resources/application.yml', 'server:\n  port: 8081\n  timeout: 30\n'),
      ['2:8081'],
    );
    const text = `server.port=8082
management.server.port = 9000
spring.datasource.url=jdbc:postgresql://db:5432/orders
spring.data.redis.host=cache:6379
`;
    assert.deepEqual(ports('application-prod.properties', text), [
      ...['1:8082', '2:9000', '3:5432', '4:6379'],
    ]);
  });

  it('of nginx', () => {
    const text = `upstream orders { server 10.0.0.1:1; }
upstream more {
  server 10.0.0.1:8080;
  server [2001:db8::1]:8081 backup;
}
server {
  listen 80;
  listen [::]:443 ssl;
  location / { proxy_pass http://127.0.0.1:3000; }
  keepalive_timeout 65;
}
`;
    assert.deepEqual(ports('nginx/nginx.conf', text), [
      ...['3:8080', '4:8081', '7:80', '8:443', '9:3000'],
    ]);
  });

  it('are numbers of ports', () => {
    assert.deepEqual(ports('.env', 'A_PORT=0\nB_PORT=65536\nC_PORT=99999\nD_PORT=65535\n'), [
      '4:65535',
    ]);
    assert.deepEqual(ports('.env', ''), []);
  });

  it('are found in time in files that want to take long', () => {
    const long = 480;
    const parts = [
      ' ',
      '- ',
      'a',
      '1',
      ':',
      '://',
      '://a:',
      'a:1',
      '"',
      'port:',
      'listen ',
      'server ',
      '[',
      '- 1:',
      'HOST=',
    ];
    for (const path of ['compose.yml', 'pod.yaml', '.env', 'application.yml', 'nginx.conf']) {
      const lines = parts.map(part => part.repeat(long / part.length));
      const text = `${lines.join('\n')}\n`.repeat(300) + 'x'.repeat(1_000_000);
      const started = process.cpuUsage();
      const { length } = portsInFile(path, text);
      assert.ok(length <= 200 + 500, String(length));
      assert.ok(processorTime(started) < 1500, `${path}: ${processorTime(started)}`);
    }
  });

  it('of a line too long for a person are not looked at', () => {
    assert.deepEqual(ports('.env', `${'A'.repeat(600)}_PORT=8080\nPORT=9090\n`), ['2:9090']);
  });
});
