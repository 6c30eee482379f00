import request from 'supertest';
import { SESSION_COOKIE } from '#application';
import { tokensFrom } from '#platform';
import { County, newSchool, problemIn } from '../county';

const KEY = 'the otter, who was late, took the second boat';

describe('signing in with a token', () => {
  let county: County;
  beforeAll(async () => {
    county = await County.start({ SIGN_IN: 'token', SIGNING_KEY: KEY, HOST: '0.0.0.0' });
    await county.given(['team-leader', 'schools/register-school', newSchool(1)]);
  });
  afterAll(() => county.stop());

  const adviser = { id: 'adviser-7', role: 'adviser' };
  const post = (fields: object) =>
    request(county.url).post('/sign-in').type('form').send(fields).redirects(0);

  it('takes tokens that were signed with the key, wherever that was', async () => {
    const token = await tokensFrom(KEY).issue(adviser, 60);
    expect((await county.person(token).get('/api/v1/schools')).status).toBe(200);
    const other = await tokensFrom(`${KEY}!`).issue(adviser, 60);
    problemIn(await county.person(other).get('/api/v1/schools'), 401, 'NotSignedIn');
  });

  it('lets nobody be anybody: the demo is off, and what it issued is not valid any more', async () => {
    problemIn(
      await county.nobody().post('/api/v1/demo/sign-in', { role: 'adviser' }),
      404,
      'NoDemoSignIn',
    );
    const page = await request(county.url).get('/sign-in');
    expect(page.text).toContain('Your token');
    expect(page.text).not.toMatch(/name="role"|Choose who|no passwords/);
    const chosen = await post({ role: 'adviser' });
    expect(chosen.status).toBe(400);
    expect(chosen.get('Set-Cookie')).toBeUndefined();
    const demo = await tokensFrom(KEY).issue(adviser, 60, 'side-by-side-demo');
    problemIn(await county.person(demo).get('/api/v1/schools'), 401, 'NotSignedIn');
  });

  it('makes a session of a token on the page, for https only', async () => {
    const token = await tokensFrom(KEY).issue(adviser, 60);
    const answer = await post({ token: ` ${token}\n`, to: '/guide' });
    expect({ status: answer.status, to: answer.get('Location') }).toEqual({
      status: 303,
      to: '/guide',
    });
    const [cookie] = answer.get('Set-Cookie')!;
    expect(cookie).toContain(`${SESSION_COOKIE}=${token};`);
    expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Lax/);
    const board = await request(county.url).get('/').set('Cookie', `${SESSION_COOKIE}=${token}`);
    expect({ status: board.status, text: board.text }).toMatchObject({
      status: 200,
      text: expect.stringContaining('Signed in as') as unknown,
    });
  });

  it.each([
    ['nothing', ''],
    ['nonsense', 'abc'],
    [
      'what somebody else signed',
      'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYWR2aXNlciIsInN1YiI6IngifQ.AAAA',
    ],
  ])('says so on the page where it is given %s', async (_, token) => {
    const answer = await post({ token });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/Enter your token|This token is not valid/);
    expect(answer.text).toContain('href="#token"');
    expect(answer.get('Set-Cookie')).toBeUndefined();
  });

  it('refuses a form of another session than the one it is sent in', async () => {
    const token = await tokensFrom(KEY).issue(adviser, 60);
    const answer = await post({ token }).set('Cookie', `${SESSION_COOKIE}=${token}`);
    expect(answer.status).toBe(403);
  });
});
