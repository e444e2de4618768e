import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address.ts';

describe('isPublicAddress', () => {
  it.each([
    ['this network', '0.0.0.0', '0.255.255.255'],
    ['private 10/8', '10.0.0.0', '10.255.255.255'],
    ['shared by carriers', '100.64.0.0', '100.127.255.255'],
    ['loopback', '127.0.0.1', '127.255.255.254'],
    ['link-local, where clouds keep secrets', '169.254.0.0', '169.254.169.254'],
    ['private 172.16/12', '172.16.0.0', '172.31.255.255'],
    ['protocols', '192.0.0.0', '192.0.0.192'],
    ['documentation', '192.0.2.1', '198.51.100.1', '203.0.113.255'],
    ['relays of 6to4', '192.88.99.1'],
    ['private 192.168/16', '192.168.0.0', '192.168.255.255'],
    ['benchmarks', '198.18.0.0', '198.19.255.255'],
    ['multicast', '224.0.0.1', '239.255.255.255'],
    ['reserved and broadcast', '240.0.0.1', '255.255.255.255'],
    ["a cloud's own service", '168.63.129.16'],
    ['unspecified and loopback of IPv6', '::', '::1'],
    ['mapped', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '::ffff:0:127.0.0.1'],
    ['compatible', '::127.0.0.1', '::8.8.8.8'],
    ['translated (NAT64)', '64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::a00:1'],
    ['discarded', '100::1'],
    ['Teredo', '2001::1', '2001:0:7f00:1::'],
    ['benchmarks of IPv6', '2001:2::1', '2001:20::1'],
    ['documentation of IPv6', '2001:db8::1', '3fff::1', '3fff:fff:ffff::'],
    ['6to4', '2002:7f00:1::', '2002:808:808::1'],
    ['segment routing', '5f00::1'],
    ['unique local', 'fc00::1', 'fd00:ec2::254'],
    ['link-local of IPv6', 'fe80::1', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast of IPv6', 'ff02::1'],
    ['no address at all', '', 'localhost', '1.2.3', '0x7f.1', '2130706433', '01.02.03.04'],
  ])('refuses what is %s', (_what, ...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  it('takes the open internet, up to the edges of what is special', () => {
    const open = [
      ...['1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0'],
      ...['126.255.255.255', '128.0.0.0', '169.253.255.255', '172.15.255.255', '172.32.0.0'],
      ...['192.0.1.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0'],
      ...['223.255.255.255', '2000::1', '2001:200::1', '2001:4860:4860::8888', '2003::1'],
      ...['2606:4700::1111', '2a00:1450:4001::1', '3ffe::1', '3fff:1000::1'],
    ];
    expect(open.filter((address) => !isPublicAddress(address))).toEqual([]);
  });
});
