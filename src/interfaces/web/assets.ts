import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import express, { Router, type RequestHandler } from 'express';

// The compiled program lies in dist/, three folders below the root like the sources: assets are not copied.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const ASSETS = join(ROOT, 'src/interfaces/web/assets');

const require = createRequire(import.meta.url);
const FONTS = ['latin', 'latin-ext'] as const;
const YEAR_SECONDS = 365 * 24 * 3600;

/** The style sheets in the order of their names, as one file; read once, at start. */
export function styles(): string {
  const folder = join(ASSETS, 'css');
  const files = readdirSync(folder).filter((name) => name.endsWith('.css'));
  return files
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/** Style sheet, fonts, icon and small scripts, all from here: no page loads anything from elsewhere. */
export function assets(): Router {
  const router = Router();
  const css = styles();
  router.get('/tocsin.css', cached(3600), (_request, response) => {
    response.type('css').send(css);
  });
  for (const font of FONTS) {
    const file = require.resolve(
      `@fontsource-variable/hanken-grotesk/files/hanken-grotesk-${font}-wght-normal.woff2`,
    );
    router.get(`/fonts/${font}.woff2`, cached(YEAR_SECONDS), (_request, response) => {
      response.sendFile(file);
    });
  }
  router.use('/js', cached(3600), express.static(join(ASSETS, 'js'), { index: false, redirect: false }));
  router.get('/icon.svg', cached(3600), (_request, response) => {
    response.sendFile(join(ASSETS, 'icon.svg'));
  });
  return router;
}

function cached(seconds: number): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('Cache-Control', `public, max-age=${seconds}`);
    next();
  };
}
