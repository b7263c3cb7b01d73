// Written by Tests/ApusExpressionsTests/JavaReference/Names.java with JDK 21; do not edit.
// Source: Unicode CLDR, as Java prints it.

extension Weeks {
    static let countries = """
        7 1:
        1 1:AI AL AM AO AQ AR AU AW AZ BA BB BF BI BJ BL BM BN BO BQ BV BY CC CD CF CG CI CK\u{20}\
        CL CM CN CR CU CV CW CX CY EC EH ER FK FM GA GD GE GH GL GM GN GQ GS GW GY HM HR HT\u{20}\
        IO KG KI KM KN KP KY KZ LB LC LK LR LS LV MA MD ME MF MG MK ML MN MP MR MS MU MW MY\u{20}\
        NA NC NE NF NG NR NU NZ PF PG PM PN PS PW RO RS RW SB SC SH SI SL SN SO SR SS ST SX\u{20}\
        SZ TC TD TF TG TJ TK TL TM TN TO TR TV TZ UA UG UY UZ VC VG VN VU WF YT ZM
        1 4:AD AT AX BE BG CH CZ DE DK EE ES FI FJ FO FR GB GF GG GI GP GR HU IE IM IS IT JE\u{20}\
        LI LT LU MC MQ NL NO PL RE RU SE SJ SK SM VA
        5 1:MV
        6 1:AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY
        7 4:PT
        """

    /// Languages that Java has names of.
    static let languages = """
        af agq ak am ann ar as asa ast az bas be bem bez bg bgc bho bm bn bo br brx bs ca ccp\u{20}\
        ce ceb cgg chr ckb cs cv cy da dav de dje doi dsb dua dyo dz ebu ee el en eo es et\u{20}\
        eu ewo fa ff fi fil fo fr frr fur fy ga gd gl gsw gu guz gv ha haw he hi hr hsb hu\u{20}\
        hy ia id ig ii is it ja jgo jmc jv ka kab kam kde kea kgp khq ki kk kkj kl kln km kn\u{20}\
        ko kok ks ksb ksf ksh ku kw ky lag lb lg lkt ln lo lrc lt lu luo luy lv mai mas mdf\u{20}\
        mer mfe mg mgh mgo mi mk ml mn mni mr ms mt mua my mzn naq nb nd nds ne nl nmg nn nnh\u{20}\
        no nus nyn oc om or os pa pcm pis pl ps pt qu raj rm rn ro rof ru rw rwk sa sah saq\u{20}\
        sat sbp sc sd se seh ses sg shi si sk sl smn sms sn so sq sr su sv sw ta te teo tg\u{20}\
        th ti tk to tok tr tt twq tzm ug uk ur uz vai vi vun wae wo xh xog yav yi yo yrl yue\u{20}\
        zgh zh zu
        """
}
